/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TABLE_H
#define RS_TABLE_H

#include "key_form.h"
#include "source.h"

/*
 * One table out of one or several files.
 *
 * A single file is its source (source.h), no more. Several are joined: a row
 * of the table is a row of the first file and, from every other file, the row
 * with the same key; rows that are not in every file are left out, and the
 * order is that of the first file. The columns are those of the files one
 * after another, without the key; a column of a name that a file before has
 * too is left out, and only what nobody named may stand for both.
 *
 * A key is the text in the key column, or the row's name in a source whose
 * rows have names, as the samples of a transposed file. The key column may
 * have another name in each file (key_names.h); key_form.h says which keys are
 * one.
 */
struct rs_table;

struct rs_table_options {
    struct rs_source_options source;
    const bool *transposed; /* [n_paths] that have a variable a line; NULL:
                               as source says */
    const char *key;        /* of several files, as in key_names.h; NULL: the
                               one column that fits */
    enum rs_key_rule key_as;
};

/*
 * Opens the files and reads their headers.
 * paths  in  [n_paths], borrowed until close; "-" at most once
 * Owns: rs_table_close. Errors: as rs_source_open and key_names.h, and
 * RS_ERR_USAGE when "-" is there twice.
 */
enum rs_status rs_table_open(struct rs_table **out, const char *const *paths,
                             size_t n_paths,
                             const struct rs_table_options *options,
                             struct rs_error *err) RS_MUST_CHECK;

/*
 * A table of one source that is open, such as source_memory.h makes.
 * source  in  the table's from now on, also after an error
 * Owns: rs_table_close. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_table_open_source(struct rs_table **out,
                                    struct rs_source *source,
                                    unsigned n_threads,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Number of columns, and their names [n_columns] (borrowed, until close). */
size_t rs_table_n_columns(const struct rs_table *table);
const char *const *rs_table_names(const struct rs_table *table);

/* How the cells of each column are read, as rs_source_set_rules: of is by
 * column of the table. */
enum rs_status rs_table_set_rules(struct rs_table *table,
                                  const struct rs_column_rules *rules,
                                  struct rs_error *err) RS_MUST_CHECK;

/* The decimal mark of the files' texts. */
char rs_table_decimal(const struct rs_table *table);

/* The file that a column is in, as the user called it. */
const char *rs_table_path(const struct rs_table *table, size_t column);

/* The name of the row that a field is of, from 1, in a file with a variable a
 * line; NULL: there is none. column: of the table */
const char *rs_table_sample(const struct rs_table *table, size_t column,
                            size_t field);

/* Where the names stand, when it is one place: the file (NULL when there are
 * several) and its line (0 when each has its own). */
const char *rs_table_header(uint64_t *line, const struct rs_table *table);

/* Whether the cells of any file are text, and whether those of any have types
 * of their own. */
void rs_table_cells(bool *text, bool *typed, const struct rs_table *table);

/* As rs_source_offer, of the first file that is laid out otherwise. */
void rs_table_offer(struct rs_error *err, const struct rs_table *table);

/* The first file of which rs_source_has_line is true; NULL: none. */
const char *rs_table_has_line(const struct rs_table *table, const char *name);

/* Size of all files in bytes. */
uint64_t rs_table_n_bytes(const struct rs_table *table);

/* A file; texts live until close. */
struct rs_table_file {
    const char *path;
    uint64_t n_rows;                           /* known after a load */
    bool has_samples;                          /* its rows have names */
    const struct rs_transposed_layout *layout; /* of one with a variable a line;
                                                  NULL: it is none */
    const char *seems; /* what a file with a variable a line it seems to be, by
                          its header, though it is not read so; NULL */
    const char *lone;  /* first key without a partner, where much is lost */
};
size_t rs_table_n_files(const struct rs_table *table);
void rs_table_file(struct rs_table_file *out, const struct rs_table *table,
                   size_t file);

/* What a load made of several files. Returns false when there is one only. */
struct rs_table_join {
    uint64_t n_rows;
    const char *by; /* the key as one would write it; NULL: names of samples */
    bool found;     /* nobody gave the key */
    enum rs_key_rule as;
    bool much_lost;        /* join_lost.h, and a cure likewise */
    enum rs_key_rule cure; /* TEXT: none */
    uint64_t n_cured;
};
bool rs_table_joined(struct rs_table_join *out, const struct rs_table *table);

/* A column of a file that a later one, where it is left out, has too; there are
 * rs_table_n_shared of them, in the order of the columns. */
struct rs_table_shared {
    const char *name;
    size_t file, later;
};
size_t rs_table_n_shared(const struct rs_table *table);
void rs_table_shared(struct rs_table_shared *out, const struct rs_table *table,
                     size_t i);

/* Refuses a column that somebody named, if two files have it: which one is
 * meant? setting: where it was named. Errors: RS_ERR_INCONSISTENT. */
enum rs_status rs_table_refuse_shared(const struct rs_table *table,
                                      size_t column, const char *setting,
                                      struct rs_error *err) RS_MUST_CHECK;

/* Whether a file has its keys in a column of this name. */
bool rs_table_is_key(const struct rs_table *table, const char *name);

/*
 * Reads the files and keeps the columns asked for; as rs_source_load. In the
 * dataset, file_ix is the position in the table. May be called again, for
 * other columns; keys are read once.
 * Errors: also RS_ERR_MALFORMED for a missing or repeated key, at its line
 * and field (a sample's name likewise), and RS_ERR_INCONSISTENT when no key is
 * in every file.
 */
enum rs_status rs_table_load(struct rs_dataset **out, struct rs_table *table,
                             const size_t *columns, size_t n_columns,
                             struct rs_error *err) RS_MUST_CHECK;

/* As rs_source_load_factors. */
enum rs_status rs_table_load_factors(struct rs_table *table,
                                     struct rs_dataset *data,
                                     const struct rs_factors_ask *ask,
                                     struct rs_error *err) RS_MUST_CHECK;

/* Closes and frees; NULL allowed. */
void rs_table_close(struct rs_table *table);

#endif
