/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_internal.h"

#include <stdlib.h>
#include <string.h>

size_t rs_table_n_columns(const struct rs_table *table)
{
    return table->n_columns;
}

const char *const *rs_table_names(const struct rs_table *table)
{
    return table->names;
}

char rs_table_decimal(const struct rs_table *table)
{
    return table->as.decimal;
}

enum rs_status rs_table_set_rules(struct rs_table *table,
                                  const struct rs_column_rules *rules,
                                  struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++)
        status =
            rs_keyed_set_rules(&table->parts[p], rules, table->first[p], err);
    return status;
}

size_t rs_table_part_of(const struct rs_table *table, size_t column)
{
    size_t p = 0;

    while (p + 1 < table->n_parts && column >= table->first[p + 1])
        p++;
    return p;
}

const char *rs_table_path(const struct rs_table *table, size_t column)
{
    return table->parts[rs_table_part_of(table, column)].source->path;
}

const char *rs_table_sample(const struct rs_table *table, size_t column,
                            size_t field)
{
    const struct rs_source *source =
        table->parts[rs_table_part_of(table, column)].source;

    if (source->layout == NULL || field <= source->layout->leading)
        return NULL;
    return source->row_names[field - 1 - source->layout->leading];
}

void rs_table_offer(struct rs_error *err, const struct rs_table *table)
{
    size_t len = err != NULL ? strlen(err->text) : 0;

    for (size_t p = 0;
         err != NULL && p < table->n_parts && strlen(err->text) == len; p++)
        rs_source_offer(err, table->parts[p].source);
}

const char *rs_table_has_line(const struct rs_table *table, const char *name)
{
    for (size_t p = 0; p < table->n_parts; p++)
        if (rs_source_has_line(table->parts[p].source, name))
            return table->parts[p].source->path;
    return NULL;
}

const char *rs_table_header(uint64_t *line, const struct rs_table *table)
{
    *line = 0;
    if (table->n_parts > 1)
        return NULL;
    *line = table->parts[0].source->header_line;
    return table->parts[0].source->path;
}

void rs_table_cells(bool *text, bool *typed, const struct rs_table *table)
{
    *text = false;
    *typed = false;
    for (size_t p = 0; p < table->n_parts; p++)
        *(table->parts[p].source->ops->typed ? typed : text) = true;
}

uint64_t rs_table_n_bytes(const struct rs_table *table)
{
    uint64_t n = 0;

    for (size_t p = 0; p < table->n_parts; p++)
        n += table->parts[p].source->n_bytes;
    return n;
}

/* What a source is, by its header, with a variable a line, though it is not
 * read so; NULL: nothing of the kind. */
static const char *seems(const struct rs_source *source)
{
    return source->path == NULL || source->layout != NULL
               ? NULL
               : rs_transposed_known(source->names, source->n_columns);
}

size_t rs_table_n_files(const struct rs_table *table)
{
    return table->n_parts;
}

void rs_table_file(struct rs_table_file *out, const struct rs_table *table,
                   size_t file)
{
    const struct rs_source *source = table->parts[file].source;

    *out = (struct rs_table_file){
        .path = source->path,
        .n_rows = source->n_rows,
        .has_samples = source->row_names != NULL,
        .layout = source->layout,
        .seems = seems(source),
        .lone = table->lost.lone != NULL ? table->lost.lone[file] : NULL,
    };
}

bool rs_table_joined(struct rs_table_join *out, const struct rs_table *table)
{
    *out = (struct rs_table_join){
        .n_rows = table->join.n_rows,
        .by = table->keys.by,
        .found = table->keys.found,
        .as = table->as.rule,
        .much_lost = table->lost.lone != NULL,
        .cure = table->lost.cure,
        .n_cured = table->lost.n_cured,
    };
    return table->n_parts > 1;
}

bool rs_table_is_key(const struct rs_table *table, const char *name)
{
    for (size_t p = 0; p < table->n_parts; p++)
        if (table->parts[p].key != NULL &&
            strcmp(table->parts[p].key, name) == 0)
            return true;
    return false;
}

/* ---- opening ----------------------------------------------------- */

static enum rs_status open_sources(struct rs_source **sources,
                                   const char *const *paths, size_t n,
                                   const struct rs_table_options *options,
                                   struct rs_error *err)
{
    enum rs_status status = RS_OK;
    size_t n_standard = 0;

    for (size_t p = 0; p < n; p++)
        n_standard += strcmp(paths[p], "-") == 0 ? 1 : 0;
    if (n_standard > 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "standard input (-) can be read once only");
    for (size_t p = 0; p < n && status == RS_OK; p++) {
        struct rs_source_options source = options->source;
        if (options->transposed != NULL && options->transposed[p])
            source.kind = "transposed";
        status = rs_source_open(&sources[p], paths[p], &source, err);
    }
    return status;
}

/* Where there is no key because a file has a variable a line, that is said. */
static enum rs_status find_keys(struct rs_key_names *out,
                                struct rs_source *const *sources, size_t n,
                                const char *key, struct rs_error *err)
{
    enum rs_status status = rs_key_names_find(out, sources, n, key, err);

    for (size_t p = 0; p < n && status == RS_ERR_USAGE; p++) {
        const char *known = seems(sources[p]);
        if (known != NULL)
            return rs_error_set(err, status,
                                "'%s' looks like a %s, with one variable a "
                                "line: {transposed} '%s'",
                                sources[p]->path, known, sources[p]->path);
    }
    return status;
}

/* Opens the files; of several, rows have keys. */
static enum rs_status open_parts(struct rs_table *table,
                                 const char *const *paths,
                                 const struct rs_table_options *options,
                                 struct rs_error *err)
{
    size_t n = table->n_parts;
    struct rs_source **sources = rs_alloc(n, sizeof *sources, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (sources == NULL)
        return status;
    status = open_sources(sources, paths, n, options, err);
    if (status == RS_OK && n > 1)
        status = find_keys(&table->keys, sources, n, options->key, err);
    for (size_t p = 0; p < n && status == RS_OK; p++) {
        const char *key = n > 1 ? table->keys.names[p] : NULL;
        struct rs_source *source = sources[p];
        sources[p] = NULL;
        status = rs_keyed_init(&table->parts[p], source, key, table->keys.found,
                               err);
    }
    for (size_t p = 0; p < n; p++)
        rs_source_close(sources[p]);
    free(sources);
    return status;
}

/* The columns of the parts one after another. */
static enum rs_status gather_columns(struct rs_table *table,
                                     struct rs_error *err)
{
    table->n_columns = 0;
    for (size_t p = 0; p < table->n_parts; p++) {
        table->first[p] = table->n_columns;
        table->n_columns += table->parts[p].n_columns;
    }
    table->first[table->n_parts] = table->n_columns;
    free(table->names);
    table->names = rs_alloc(table->n_columns, sizeof *table->names, err);
    if (table->names == NULL)
        return RS_ERR_NOMEM;
    for (size_t p = 0; p < table->n_parts; p++)
        for (size_t j = 0; j < table->parts[p].n_columns; j++)
            table->names[table->first[p] + j] =
                rs_keyed_name(&table->parts[p], j);
    return RS_OK;
}

/* A table with room for parts that are not open yet. */
static enum rs_status new_table(struct rs_table **out, size_t n_parts,
                                unsigned n_threads, struct rs_error *err)
{
    struct rs_table *table = rs_alloc(1, sizeof *table, err);

    *out = table;
    if (table == NULL)
        return RS_ERR_NOMEM;
    table->n_threads = n_threads;
    table->as.decimal = '.';
    table->parts = rs_alloc(n_parts, sizeof *table->parts, err);
    table->first = rs_alloc(n_parts + 1, sizeof *table->first, err);
    if (table->parts == NULL || table->first == NULL)
        return RS_ERR_NOMEM;
    table->n_parts = n_parts;
    return RS_OK;
}

enum rs_status rs_table_open(struct rs_table **out, const char *const *paths,
                             size_t n_paths,
                             const struct rs_table_options *options,
                             struct rs_error *err)
{
    struct rs_table *table = NULL;
    enum rs_status status =
        new_table(&table, n_paths, options->source.csv.n_threads, err);

    *out = NULL;
    if (status == RS_OK)
        table->as =
            (struct rs_key_as){options->key_as, options->source.csv.decimal};
    if (status == RS_OK)
        status = open_parts(table, paths, options, err);
    if (status == RS_OK)
        status = gather_columns(table, err);
    if (status == RS_OK && n_paths > 1)
        status = rs_table_share(table, err);
    if (status == RS_OK && table->n_shared > 0)
        status = gather_columns(table, err);
    if (status == RS_OK)
        *out = table;
    else
        rs_table_close(table);
    return status;
}

enum rs_status rs_table_open_source(struct rs_table **out,
                                    struct rs_source *source,
                                    unsigned n_threads, struct rs_error *err)
{
    struct rs_table *table = NULL;
    enum rs_status status = new_table(&table, 1, n_threads, err);

    *out = NULL;
    if (status != RS_OK)
        rs_source_close(source);
    else
        status = rs_keyed_init(&table->parts[0], source, NULL, false, err);
    if (status == RS_OK)
        status = gather_columns(table, err);
    if (status == RS_OK)
        *out = table;
    else
        rs_table_close(table);
    return status;
}

void rs_table_close(struct rs_table *table)
{
    if (table == NULL)
        return;
    for (size_t p = 0; p < table->n_parts; p++)
        rs_keyed_clear(&table->parts[p]);
    rs_join_clear(&table->join);
    rs_join_lost_clear(&table->lost);
    rs_key_names_clear(&table->keys);
    free(table->parts);
    free(table->first);
    free(table->names);
    free(table->shared);
    free(table);
}
