/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_READSTAT_LIBRARY_H
#define RS_READSTAT_LIBRARY_H

#include "error.h"

#include <readstat.h>

/* The functions of libreadstat that are used, without readstat_ before the
 * name; all take what the library's header says. */
#define RS_READSTAT_FUNCTIONS(X)                                               \
    X(error_message)                                                           \
    X(parser_init)                                                             \
    X(parser_free)                                                             \
    X(set_metadata_handler)                                                    \
    X(set_variable_handler)                                                    \
    X(set_value_handler)                                                       \
    X(set_value_label_handler)                                                 \
    X(set_error_handler)                                                       \
    X(set_open_handler)                                                        \
    X(set_close_handler)                                                       \
    X(set_seek_handler)                                                        \
    X(set_read_handler)                                                        \
    X(set_update_handler)                                                      \
    X(set_io_ctx)                                                              \
    X(parse_xport)                                                             \
    X(parse_sas7bdat)                                                          \
    X(parse_sav)                                                               \
    X(parse_por)                                                               \
    X(parse_dta)                                                               \
    X(get_row_count)                                                           \
    X(variable_get_index)                                                      \
    X(variable_get_name)                                                       \
    X(variable_get_label)                                                      \
    X(variable_get_format)                                                     \
    X(variable_get_type_class)                                                 \
    X(value_type_class)                                                        \
    X(value_is_missing)                                                        \
    X(value_is_tagged_missing)                                                 \
    X(double_value)                                                            \
    X(string_value)

struct rs_readstat_library {
#define RS_READSTAT_MEMBER(name) __typeof__(readstat_##name) *name;
    RS_READSTAT_FUNCTIONS(RS_READSTAT_MEMBER)
#undef RS_READSTAT_MEMBER
};

/* Loads libreadstat. Errors: RS_ERR_OPEN when it is missing or lacks a
 * function. */
enum rs_status rs_readstat_library_load(struct rs_readstat_library *out,
                                        struct rs_error *err) RS_MUST_CHECK;

#endif
