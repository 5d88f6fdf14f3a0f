/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PAIRS_ASK_H
#define RS_PAIRS_ASK_H

#include "pairs.h"
#include "settings.h"

/* Whether --pairs says something. Errors: RS_ERR_USAGE, naming what there is
 * and the nearest word. */
enum rs_status rs_pairs_check(const struct rs_settings *settings,
                              struct rs_error *err) RS_MUST_CHECK;

/* What it says, once that is checked. */
enum rs_pairs rs_pairs_of(const struct rs_settings *settings);

/* The file that lists the pairs; NULL: none does. */
const char *rs_pairs_file(const struct rs_settings *settings);

#endif
