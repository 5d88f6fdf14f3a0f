/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LABEL_NAME_H
#define RS_LABEL_NAME_H

#include "settings.h"

/*
 * Whether a column of labels may have a name: none that the result has by
 * itself, capitals aside.
 * setting  in  whose column it is
 * Errors: RS_ERR_USAGE.
 */
enum rs_status rs_label_check(const char *name, const char *setting,
                              const struct rs_settings *settings,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
