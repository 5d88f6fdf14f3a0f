/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_JOINED_NOTES_H
#define RS_JOINED_NOTES_H

#include "notices.h"
#include "table.h"

/*
 * What is said of a table's files once they are loaded: what they are, where
 * their headers told; the rows of each of several, and how these were joined. A
 * join that lost most rows is a warning. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_joined_notes(struct rs_notices *notices,
                               const struct rs_table *table,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
