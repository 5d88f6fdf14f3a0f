/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ADJUST_LIST_H
#define RS_ADJUST_LIST_H

#include "adjust.h"
#include "settings.h"

/* The methods of --adjust and --q-max. */
struct rs_adjust_list {
    unsigned methods;        /* set of methods, see adjust.h; 0: none */
    enum rs_adjust q_method; /* of --q-max: the last one; bh where there is
                                none, which is then among the methods */
};

/* Reads them. Errors: RS_ERR_USAGE for a method that is unknown or there
 * twice. */
enum rs_status rs_adjust_list_read(struct rs_adjust_list *out,
                                   const struct rs_testing_settings *settings,
                                   struct rs_error *err) RS_MUST_CHECK;

#endif
