/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include "dataset_new.h"
#include "keyed.h"
#include "parallel.h"

#include <stdlib.h>
#include <string.h>

struct rs_table {
    struct rs_keyed *parts; /* [n_parts], one a source */
    size_t n_parts;
    size_t *first;      /* [n_parts + 1] column at which a part begins */
    const char **names; /* [n_columns], borrowed from the parts */
    size_t n_columns;
    unsigned n_threads;
    char decimal;
    struct rs_join join; /* of several parts, since the first load */
};

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
    return table->decimal;
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

static size_t part_of(const struct rs_table *table, size_t column)
{
    size_t p = 0;

    while (p + 1 < table->n_parts && column >= table->first[p + 1])
        p++;
    return p;
}

const char *rs_table_path(const struct rs_table *table, size_t column)
{
    return table->parts[part_of(table, column)].source->path;
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

uint64_t rs_table_file_rows(const struct rs_table *table, size_t file)
{
    return table->parts[file].source->n_rows;
}

/* ---- opening ----------------------------------------------------- */

/* Opens a file; of several, rows have keys. */
static enum rs_status open_part(struct rs_keyed *part, const char *path,
                                const struct rs_table_options *options,
                                bool joined, struct rs_error *err)
{
    struct rs_source *source = NULL;
    enum rs_status status =
        rs_source_open(&source, path, &options->source, err);

    if (status == RS_OK && joined && source->row_names == NULL &&
        options->key == NULL) {
        rs_source_close(source);
        status = rs_error_set(err, RS_ERR_USAGE,
                              "'%s': without a key, its rows can be joined "
                              "with none",
                              path);
    }
    if (status != RS_OK)
        return status;
    return rs_keyed_init(
        part, source, joined && source->row_names == NULL ? options->key : NULL,
        err);
}

static enum rs_status open_parts(struct rs_table *table,
                                 const char *const *paths,
                                 const struct rs_table_options *options,
                                 struct rs_error *err)
{
    enum rs_status status = RS_OK;
    size_t n_standard = 0;

    for (size_t p = 0; p < table->n_parts; p++)
        n_standard += strcmp(paths[p], "-") == 0 ? 1 : 0;
    if (n_standard > 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "standard input (-) can be read once only");
    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++) {
        status = open_part(&table->parts[p], paths[p], options,
                           table->n_parts > 1, err);
        table->first[p] = table->n_columns;
        table->n_columns += table->parts[p].n_columns;
    }
    table->first[table->n_parts] = table->n_columns;
    return status;
}

/* Refuses the first column that another file has too. */
static enum rs_status check_names(const struct rs_table *table,
                                  struct rs_error *err)
{
    struct rs_name_index index;
    size_t clash = table->n_columns;
    size_t earlier = 0;
    enum rs_status status =
        rs_name_index_init(&index, table->names, table->n_columns, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 1; i < table->n_columns; i++) {
        size_t a = index.sorted[i - 1]; /* equal names are in order */
        size_t b = index.sorted[i];
        if (b < clash && table->names[b][0] != '\0' &&
            part_of(table, a) != part_of(table, b) &&
            strcmp(table->names[a], table->names[b]) == 0) {
            clash = b;
            earlier = a;
        }
    }
    rs_name_index_clear(&index);
    if (clash == table->n_columns)
        return RS_OK;
    return rs_error_set(err, RS_ERR_INCONSISTENT,
                        "two files have a column '%s': '%s' and '%s'",
                        table->names[clash], rs_table_path(table, earlier),
                        rs_table_path(table, clash));
}

static enum rs_status gather_names(struct rs_table *table, struct rs_error *err)
{
    table->names = rs_alloc(table->n_columns, sizeof *table->names, err);
    if (table->names == NULL)
        return RS_ERR_NOMEM;
    for (size_t p = 0; p < table->n_parts; p++)
        for (size_t j = 0; j < table->parts[p].n_columns; j++)
            table->names[table->first[p] + j] =
                rs_keyed_name(&table->parts[p], j);
    return table->n_parts > 1 ? check_names(table, err) : RS_OK;
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
    table->decimal = '.';
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
        table->decimal = options->source.csv.decimal;
    if (status == RS_OK)
        status = open_parts(table, paths, options, err);
    if (status == RS_OK)
        status = gather_names(table, err);
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
        status = rs_keyed_init(&table->parts[0], source, NULL, err);
    if (status == RS_OK) {
        table->n_columns = table->parts[0].n_columns;
        table->first[1] = table->n_columns;
        status = gather_names(table, err);
    }
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
    free(table->parts);
    free(table->first);
    free(table->names);
    free(table);
}

/* ---- loading ----------------------------------------------------- */

/* Loads what is wanted of one part; its keys too, unless keys is NULL. */
static enum rs_status load_part(struct rs_keys *keys, struct rs_table *table,
                                size_t p, const size_t *columns,
                                size_t n_columns, struct rs_error *err)
{
    struct rs_keyed *part = &table->parts[p];
    size_t *own = rs_alloc(n_columns, sizeof *own, err);
    size_t n = 0;
    enum rs_status status = RS_OK;

    if (own == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < n_columns; k++)
        if (part_of(table, columns[k]) == p)
            own[n++] = columns[k] - table->first[p];
    if (n > 0 || keys != NULL)
        status = rs_keyed_load(part, own, n, keys != NULL, err);
    if (status == RS_OK && keys != NULL)
        status = rs_keyed_keys(keys, part, err);
    free(own);
    return status;
}

/* Columns on their way from a part to the joint dataset. */
struct move {
    const struct rs_table *table;
    const size_t *columns;
    struct rs_dataset *to;
    size_t part;
};

static void move_column(void *ctx, size_t k)
{
    const struct move *move = ctx;
    size_t column = move->columns[k];
    const struct rs_keyed *part = &move->table->parts[move->part];

    if (part_of(move->table, column) != move->part)
        return;
    move->to->columns[k].file_ix = column;
    rs_join_column(move->to, k, part->data,
                   part->place[column - move->table->first[move->part]],
                   move->table->join.rows[move->part]);
}

static enum rs_status move_columns(struct rs_dataset **out,
                                   struct rs_table *table,
                                   const size_t *columns, size_t n_columns,
                                   struct rs_error *err)
{
    struct move move = {.table = table, .columns = columns};
    enum rs_status status = RS_OK;

    if (table->join.n_rows == 0)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "no row is left: the files have no %s in common",
                            table->parts[0].source->row_names != NULL ? "sample"
                                                                      : "key");
    status = rs_dataset_new(&move.to, table->join.n_rows, n_columns, err);
    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++) {
        move.part = p;
        rs_parallel(table->n_threads, n_columns, &move, move_column);
        rs_keyed_drop_data(&table->parts[p]);
    }
    *out = move.to;
    return status;
}

/* The first load: all parts, and which of their rows belong together. */
static enum rs_status load_and_join(struct rs_table *table,
                                    const size_t *columns, size_t n_columns,
                                    struct rs_error *err)
{
    struct rs_keys *keys = rs_alloc(table->n_parts, sizeof *keys, err);
    enum rs_status status = keys == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++)
        status = load_part(&keys[p], table, p, columns, n_columns, err);
    if (status == RS_OK)
        status = rs_join_init(&table->join, keys, table->n_parts, err);
    for (size_t p = 0; p < table->n_parts && keys != NULL; p++)
        rs_keys_clear(&keys[p]);
    free(keys);
    return status;
}

static enum rs_status load_joined(struct rs_dataset **out,
                                  struct rs_table *table, const size_t *columns,
                                  size_t n_columns, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (table->join.rows == NULL)
        status = load_and_join(table, columns, n_columns, err);
    else
        for (size_t p = 0; p < table->n_parts && status == RS_OK; p++)
            status = load_part(NULL, table, p, columns, n_columns, err);
    if (status == RS_OK)
        status = move_columns(out, table, columns, n_columns, err);
    for (size_t p = 0; p < table->n_parts; p++)
        rs_keyed_drop_data(&table->parts[p]);
    return status;
}

enum rs_status rs_table_load(struct rs_dataset **out, struct rs_table *table,
                             const size_t *columns, size_t n_columns,
                             struct rs_error *err)
{
    *out = NULL;
    if (table->n_parts > 1)
        return load_joined(out, table, columns, n_columns, err);
    return rs_source_load(out, table->parts[0].source, columns, n_columns, err);
}

/* ---- factors ----------------------------------------------------- */

/* The codes of a factor in the rows of the join. */
static enum rs_status join_codes(struct rs_factor *factor, const size_t *rows,
                                 size_t n_rows, struct rs_error *err)
{
    int32_t *codes = rs_alloc(n_rows, sizeof *codes, err);

    if (codes == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n_rows; i++)
        codes[i] = factor->codes[rows[i]];
    free(factor->codes);
    factor->codes = codes;
    return RS_OK;
}

/* The factors that one file has, by way of a dataset that has nothing else. */
static enum rs_status part_factors(struct rs_table *table, size_t p,
                                   struct rs_dataset *data,
                                   const struct rs_factors_ask *ask,
                                   struct rs_error *err)
{
    const size_t *columns = ask->columns;
    size_t n = ask->n;
    struct rs_factors_ask own_ask = {.most = ask->most};
    struct rs_keyed *part = &table->parts[p];
    struct rs_dataset shell = {.n_rows = part->source->n_rows};
    size_t *own = rs_alloc(n, sizeof *own, err);
    size_t *ones = rs_alloc(n, sizeof *ones, err);
    enum rs_status status = RS_ERR_NOMEM;

    shell.columns = rs_alloc(n, sizeof *shell.columns, err);
    if (own == NULL || ones == NULL || shell.columns == NULL)
        goto done;
    for (size_t k = 0; k < n; k++) {
        size_t column = data->columns[columns[k]].file_ix;
        size_t at = shell.n_columns;
        if (part_of(table, column) != p)
            continue;
        own[at] = columns[k];
        ones[at] = at;
        shell.columns[at].file_ix = column - table->first[p];
        shell.columns[at].type = data->columns[columns[k]].type;
        shell.n_columns++;
    }
    status = RS_OK;
    own_ask.columns = ones;
    own_ask.n = shell.n_columns;
    if (shell.n_columns > 0)
        status = rs_keyed_load_factors(part, &shell, &own_ask, err);
    for (size_t k = 0; k < shell.n_columns && status == RS_OK; k++) {
        struct rs_column *to = &data->columns[own[k]];
        if (shell.columns[k].factor != NULL)
            status = join_codes(shell.columns[k].factor, table->join.rows[p],
                                table->join.n_rows, err);
        rs_factor_free(to->factor);
        to->factor = shell.columns[k].factor;
        shell.columns[k].factor = NULL;
    }
done:
    for (size_t k = 0; k < shell.n_columns; k++)
        rs_factor_free(shell.columns[k].factor);
    free(shell.columns);
    free(own);
    free(ones);
    return status;
}

enum rs_status rs_table_load_factors(struct rs_table *table,
                                     struct rs_dataset *data,
                                     const struct rs_factors_ask *ask,
                                     struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (table->n_parts == 1)
        return rs_keyed_load_factors(&table->parts[0], data, ask, err);
    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++)
        status = part_factors(table, p, data, ask, err);
    return status;
}
