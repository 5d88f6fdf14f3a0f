/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_INPUT_NOTES_H
#define RS_INPUT_NOTES_H

#include "input.h"

/*
 * What a database is told of the input besides its name: rows that --where
 * left out, notes and warnings so far, and the levels and reference of each
 * categorical x and covariate.
 * show  in  as in struct rs_run_env
 * *out is NULL where there is nothing to tell,
 * else the caller's to free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_input_notes(char **out, const struct rs_input *input,
                              void (*show)(char out[RS_ERROR_TEXT],
                                           const char *text),
                              struct rs_error *err) RS_MUST_CHECK;

#endif
