/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LABELLED_NOTES_H
#define RS_LABELLED_NOTES_H

#include "dataset.h"
#include "notices.h"

/*
 * Notes each column whose file has words for some of its numbers alone, as
 * 999 'refused': they are numbers to a model as all others are.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_labelled_notes(struct rs_notices *notices,
                                 const struct rs_dataset *data,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
