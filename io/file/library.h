/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LIBRARY_H
#define RS_LIBRARY_H

#include "error.h"

#include <stddef.h>

/*
 * Libraries that are loaded when something wants them, and not at the start of
 * every run: what rare inputs and outputs need costs nobody else a thing.
 */
struct rs_library {
    const char *what;    /* wants it, as a message begins */
    const char *soname;  /* "libbz2.so.1.0" */
    const char *package; /* of Debian, which has it */
};

/*
 * Loads a library, which stays until the process ends, and finds functions.
 * functions  out  [n] pointers to functions, as a struct of nothing else; as
 *                 they were after an error
 * names      in   [n]
 * Errors: RS_ERR_OPEN when the library is missing or lacks a function.
 */
enum rs_status rs_library_load(void *functions,
                               const struct rs_library *library,
                               const char *const *names, size_t n,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
