/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COLUMN_ASK_H
#define RS_COLUMN_ASK_H

#include "input_files.h"
#include "listfile.h"
#include "select.h"
#include "settings.h"

/* A list of columns as written after -y, -x or -c, taken apart. */
struct rs_items {
    struct rs_item *items; /* [n] */
    size_t n;
    char **texts; /* [n_texts] values that the items are pieces of */
    size_t n_texts;
    struct rs_lines *files; /* [n_files] the lines of @files */
    size_t n_files;
};

/*
 * Splits the values of an option at commas (`\,` is a comma in a name) and
 * reads @files. Owns: rs_items_clear. Errors: RS_ERR_USAGE for an empty
 * item, RS_ERR_OPEN, RS_ERR_READ, RS_ERR_NOMEM.
 */
enum rs_status rs_items_split(struct rs_items *out, const struct rs_list *list,
                              const char *setting,
                              struct rs_error *err) RS_MUST_CHECK;
/* Adds the @files of an option to the inputs, without reading them. Errors:
 * RS_ERR_NOMEM. */
enum rs_status rs_items_add_files(struct rs_input_files *out,
                                  const struct rs_list *list,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_items_clear(struct rs_items *items);

#endif
