/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_SUITE_H
#define RS_RUN_SUITE_H

#include <check.h>

/* Runs a suite, prints its summary, frees it; gives the exit status of the
 * test program. */
int run_suite(Suite *suite);

#endif
