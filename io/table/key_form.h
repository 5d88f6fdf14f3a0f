/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_KEY_FORM_H
#define RS_KEY_FORM_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The form in which keys are compared: two keys are one when their forms are
 * the same bytes.
 *
 * text    the key itself
 * number  a key that is a number by the grammar of csv_read.h is its decimal,
 *         so that 01, 1, 1.0 and 1e0 are one, and integers beyond 2^53 stay
 *         apart (level.h); any other key is its bytes
 * iid     a sample's name as PLINK makes it, FID_IID, is its IID: what stands
 *         behind the first underscore, or the half where both halves are the
 *         same (IID a_b, FID a_b). Any other key is its bytes.
 */
enum rs_key_rule { RS_KEY_TEXT, RS_KEY_NUMBER, RS_KEY_IID };

struct rs_key_as {
    enum rs_key_rule rule;
    char decimal; /* of numbers, '.' or ',' */
};

struct rs_key_forms {
    const char **texts; /* [n] NULL: the keys themselves are their forms */
    char *room;         /* of those that are not in the keys */
};

/*
 * The forms of keys.
 * keys  in  [n], borrowed
 * are_samples  in  they are the names of samples, not cells of a column
 * Owns: rs_key_forms_clear, also after an error; does nothing on a zeroed one.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_key_forms_init(struct rs_key_forms *out,
                                 const char *const *keys, size_t n,
                                 bool are_samples, struct rs_key_as as,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_key_forms_clear(struct rs_key_forms *forms);

#endif
