/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMPLETE_VALUE_H
#define RS_COMPLETE_VALUE_H

#include "candidates.h"
#include "typed.h"

/* Adds what the value of typed->setting, which the rest of the word is a part
 * of, may become: words, columns, or files. Errors: RS_ERR_NOMEM. */
enum rs_status rs_complete_value(struct rs_candidates *out,
                                 const struct rs_typed *typed,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
