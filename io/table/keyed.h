/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_KEYED_H
#define RS_KEYED_H

#include "join.h"
#include "key_form.h"
#include "source.h"

/*
 * A source whose rows have keys, by which it is joined with others: the texts
 * of a column, or the names that the source itself has for its rows. Columns
 * are counted without the key and those that are left out. Private to the
 * table.
 */
struct rs_keyed {
    struct rs_source *source; /* owned */
    const char *key;          /* name of the key column; NULL: rows have names,
                                 or need none */
    bool found;               /* nobody gave the key (key_names.h) */
    size_t key_column;        /* of the source */
    size_t *columns;          /* [n_columns] of the source; NULL: all */
    size_t n_columns;
    struct rs_dataset *data; /* only while a load goes on */
    size_t *place;           /* [n_columns] column of data */
    const char **key_texts;  /* [n_rows], pointing into data */
    struct rs_key_forms forms;
};

/*
 * Takes a source over.
 * key    in  name of the key column, which is there; borrowed; NULL: there is
 *            no column
 * found  in  nobody gave it (key_names.h)
 * Owns: rs_keyed_clear, also after an error. Errors: RS_ERR_MALFORMED when
 * two columns have the key's name; RS_ERR_NOMEM.
 */
enum rs_status rs_keyed_init(struct rs_keyed *out, struct rs_source *source,
                             const char *key, bool found,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_keyed_clear(struct rs_keyed *keyed);

/* Leaves columns out: those of left [n_columns]. Errors: RS_ERR_NOMEM. */
enum rs_status rs_keyed_leave(struct rs_keyed *keyed, const bool *left,
                              struct rs_error *err) RS_MUST_CHECK;

/* Name of a column, from 0. */
const char *rs_keyed_name(const struct rs_keyed *keyed, size_t column);

/* As rs_source_set_rules; rules are of columns of a table of which this part
 * begins with the column `first`. The key column has the first rule. */
enum rs_status rs_keyed_set_rules(struct rs_keyed *keyed,
                                  const struct rs_column_rules *rules,
                                  size_t first,
                                  struct rs_error *err) RS_MUST_CHECK;

/*
 * Loads columns to keyed->data, with the key column before them if that is
 * wanted too; place tells where they are. Every fault of a text column has its
 * field.
 * columns  in  [n_columns]
 */
enum rs_status rs_keyed_load(struct rs_keyed *keyed, const size_t *columns,
                             size_t n_columns, bool with_key,
                             struct rs_error *err) RS_MUST_CHECK;

/* The keys of what rs_keyed_load read with its key: of the key column, or the
 * names of the rows; in the form in which they are compared. Owns:
 * rs_keys_clear, also after an error; they live as long as what was loaded.
 * Errors: RS_ERR_MALFORMED at a missing or repeated key. */
enum rs_status rs_keyed_keys(struct rs_keys *out, struct rs_keyed *keyed,
                             struct rs_key_as as,
                             struct rs_error *err) RS_MUST_CHECK;

/* Frees what a load alone needs. */
void rs_keyed_drop_data(struct rs_keyed *keyed);

/* As rs_source_load_factors; file_ix of the columns counts as here. */
enum rs_status rs_keyed_load_factors(struct rs_keyed *keyed,
                                     struct rs_dataset *data,
                                     const struct rs_factors_ask *ask,
                                     struct rs_error *err) RS_MUST_CHECK;

#endif
