/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FORMULA_H
#define RS_FORMULA_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A formula of R, statsmodels or fixest, `y ~ x + z`, as the options that ask
 * for the same: -y y -x x -c z. Quotes and what a shell would take are seen
 * to.
 */

/* Whether text is such: something on both sides of a ~. */
bool rs_formula_is(const char *text);

/* The options of a formula, as a part of a message's format: {y} y {x} x; of
 * one that has no such (random effects, parts that are computed), what stands
 * for what: {y} Y {x} X {c} COVARIATES. */
void rs_formula_options(char *out, size_t room, const char *text);

/* Adds " OPTION VALUE" to a text, the value in quotes where a shell would not
 * leave it as it is. */
void rs_formula_add(char *out, size_t room, const char *option,
                    const char *value);

/* Refuses a formula, and says its options: RS_ERR_USAGE. */
enum rs_status rs_formula_refuse(const char *text,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
