/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include "columns.h"
#include "csv_internal.h"
#include "join.h"
#include "select.h"

#include <stdlib.h>
#include <string.h>

/* One file of a table. */
struct part {
    const char *path;
    struct rs_csv *csv;
    size_t key;   /* position of the key column; no_key with one file */
    size_t first; /* its first column in the table */
    size_t n_columns;
    uint64_t n_rows;         /* set by the load */
    struct rs_dataset *data; /* only while the load goes on */
    size_t *place;           /* [n_columns] column of data */
    const char **key_texts;  /* [n_rows] of the join, pointing into data */
};

struct rs_table {
    struct part *parts; /* [n_parts] */
    size_t n_parts;
    const char *key;
    const char **names; /* [n_columns], borrowed from the files */
    size_t n_columns;
    struct rs_join join; /* with several files, after the load */
};

static const size_t no_key = SIZE_MAX;

size_t rs_table_n_columns(const struct rs_table *table)
{
    return table->n_columns;
}

const char *const *rs_table_names(const struct rs_table *table)
{
    return table->names;
}

static size_t part_of(const struct rs_table *table, size_t column)
{
    size_t p = 0;

    while (p + 1 < table->n_parts && column >= table->parts[p + 1].first)
        p++;
    return p;
}

const char *rs_table_path(const struct rs_table *table, size_t column)
{
    return table->parts[part_of(table, column)].path;
}

const char *rs_table_header(uint64_t *line, const struct rs_table *table)
{
    *line = 0;
    if (table->n_parts > 1)
        return NULL;
    *line = rs_csv_header_line(table->parts[0].csv);
    return table->parts[0].path;
}

uint64_t rs_table_n_bytes(const struct rs_table *table)
{
    uint64_t n = 0;

    for (size_t p = 0; p < table->n_parts; p++)
        n += rs_csv_n_bytes(table->parts[p].csv);
    return n;
}

uint64_t rs_table_file_rows(const struct rs_table *table, size_t file)
{
    return table->parts[file].n_rows;
}

/* Position in the file of a column of the table. */
static size_t file_column(const struct part *part, size_t column)
{
    size_t local = column - part->first;

    return part->key != no_key && local >= part->key ? local + 1 : local;
}

/* ---- opening --------------------------------------------------------------
 */

static enum rs_status find_key(struct part *part, const char *key,
                               struct rs_error *err)
{
    const struct rs_item item = {key, true};
    struct rs_selection selection = {0};
    enum rs_status status =
        rs_select(&selection, rs_csv_names(part->csv),
                  rs_csv_n_columns(part->csv), &item, 1, "--key", err);

    if (status == RS_OK)
        part->key = selection.columns[0];
    rs_selection_clear(&selection);
    if (status != RS_OK && status != RS_ERR_NOMEM && err != NULL) {
        struct rs_error found = *err;
        status =
            rs_error_set_at(err, status, part->path, 0, 0, "%s", found.text);
    }
    return status;
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
        struct part *part = &table->parts[p];
        part->path = paths[p];
        part->key = no_key;
        part->first = table->n_columns;
        status = rs_csv_open(&part->csv, part->path, &options->csv, err);
        if (status == RS_OK && table->n_parts > 1)
            status = find_key(part, table->key, err);
        if (status != RS_OK)
            break;
        part->n_columns =
            rs_csv_n_columns(part->csv) - (part->key != no_key ? 1 : 0);
        table->n_columns += part->n_columns;
    }
    return status;
}

/* Refuses the first column that another file has too. */
static enum rs_status check_names(const struct rs_table *table,
                                  struct rs_error *err)
{
    struct rs_names index;
    size_t clash = table->n_columns;
    size_t earlier = 0;
    enum rs_status status =
        rs_names_init(&index, table->names, table->n_columns, err);

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
    rs_names_clear(&index);
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
    for (size_t p = 0; p < table->n_parts; p++) {
        const struct part *part = &table->parts[p];
        const char *const *names = rs_csv_names(part->csv);
        for (size_t j = 0; j < part->n_columns; j++)
            table->names[part->first + j] =
                names[file_column(part, part->first + j)];
    }
    return table->n_parts > 1 ? check_names(table, err) : RS_OK;
}

enum rs_status rs_table_open(struct rs_table **out, const char *const *paths,
                             size_t n_paths,
                             const struct rs_table_options *options,
                             struct rs_error *err)
{
    struct rs_table *table = rs_alloc(1, sizeof *table, err);
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (table == NULL)
        return RS_ERR_NOMEM;
    table->key = options->key;
    table->parts = rs_alloc(n_paths, sizeof *table->parts, err);
    if (table->parts != NULL) {
        table->n_parts = n_paths;
        status = open_parts(table, paths, options, err);
    }
    if (status == RS_OK)
        status = gather_names(table, err);
    if (status == RS_OK)
        *out = table;
    else
        rs_table_close(table);
    return status;
}

static void drop_data(struct part *part)
{
    rs_dataset_free(part->data);
    free(part->place);
    free(part->key_texts);
    part->data = NULL;
    part->place = NULL;
    part->key_texts = NULL;
}

void rs_table_close(struct rs_table *table)
{
    if (table == NULL)
        return;
    for (size_t p = 0; p < table->n_parts; p++) {
        drop_data(&table->parts[p]);
        rs_csv_close(table->parts[p].csv);
    }
    rs_join_clear(&table->join);
    free(table->parts);
    free(table->names);
    free(table);
}

/* ---- keys -----------------------------------------------------------------
 */

/* The message at the key of a row. */
static enum rs_status bad_key(const struct part *part, size_t row,
                              const size_t *earlier, const char *key,
                              struct rs_error *err)
{
    uint64_t line = 0;
    uint64_t before = 0;
    enum rs_status status =
        rs_csv_row_line(&line, part->csv, row, part->key, err);

    if (status == RS_OK && earlier != NULL)
        status = rs_csv_row_line(&before, part->csv, *earlier, part->key, err);
    if (status != RS_OK)
        return status;
    if (earlier == NULL)
        return rs_error_set_at(err, RS_ERR_MALFORMED, part->path, line,
                               part->key + 1, "the key '%s' is missing", key);
    return rs_error_set_at(err, RS_ERR_MALFORMED, part->path, line,
                           part->key + 1,
                           "the key '%s' stands on line %ju already",
                           part->key_texts[row], (uintmax_t)before);
}

/* The keys of a part, which are the first column of its dataset. */
static enum rs_status read_keys(struct rs_keys *out, struct part *part,
                                const char *key, struct rs_error *err)
{
    const size_t first = 0;
    const struct rs_factor *factor = NULL;
    size_t row = 0;
    size_t earlier = 0;
    enum rs_status status =
        rs_csv_load_factors(part->csv, part->data, &first, 1, err);

    if (status != RS_OK)
        return status;
    factor = part->data->columns[0].factor;
    part->key_texts = rs_alloc(part->n_rows, sizeof *part->key_texts, err);
    if (part->key_texts == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < part->n_rows; i++) {
        int32_t code = factor->codes[i];
        if (code < 0 || factor->levels[code][0] == '\0')
            return bad_key(part, i, NULL, key, err);
        part->key_texts[i] = factor->levels[code];
    }
    status = rs_keys_init(out, part->key_texts, part->n_rows, err);
    if (status == RS_OK && rs_keys_repeated(&row, &earlier, out))
        status = bad_key(part, row, &earlier, key, err);
    return status;
}

/* ---- loading --------------------------------------------------------------
 */

/* Loads what is wanted of one file, behind its key. */
static enum rs_status load_part(struct part *part, const size_t *columns,
                                size_t n_columns, struct rs_error *err)
{
    size_t *wanted = rs_alloc(part->n_columns + 1, sizeof *wanted, err);
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    part->place = rs_alloc(part->n_columns, sizeof *part->place, err);
    if (wanted == NULL || part->place == NULL)
        goto done;
    wanted[n++] = part->key;
    for (size_t k = 0; k < n_columns; k++) {
        if (columns[k] < part->first ||
            columns[k] - part->first >= part->n_columns)
            continue;
        part->place[columns[k] - part->first] = n;
        wanted[n++] = file_column(part, columns[k]);
    }
    status = rs_csv_load(&part->data, part->csv, wanted, n, err);
    if (status == RS_OK)
        part->n_rows = part->data->n_rows;
done:
    free(wanted);
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
    const struct part *part = &move->table->parts[move->part];
    struct rs_column *to = &move->to->columns[k];
    size_t from = 0;

    if (part_of(move->table, column) != move->part)
        return;
    from = part->place[column - part->first];
    to->file_ix = column;
    rs_join_column(move->to, k, part->data, from,
                   move->table->join.rows[move->part]);
    if (to->fault.kind != RS_FAULT_NONE && to->fault.field == 0)
        to->fault.field = part->data->columns[from].file_ix + 1;
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
                            "no row is left: no key is in all %zu files",
                            table->n_parts);
    status = rs_columns_new(&move.to, table->join.n_rows, n_columns, err);
    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++) {
        move.part = p;
        rs_csv_parallel(table->parts[p].csv, n_columns, &move, move_column);
        drop_data(&table->parts[p]);
    }
    *out = move.to;
    return status;
}

static enum rs_status load_joined(struct rs_dataset **out,
                                  struct rs_table *table, const size_t *columns,
                                  size_t n_columns, struct rs_error *err)
{
    struct rs_keys *keys = rs_alloc(table->n_parts, sizeof *keys, err);
    enum rs_status status = keys == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++) {
        status = load_part(&table->parts[p], columns, n_columns, err);
        if (status == RS_OK)
            status = read_keys(&keys[p], &table->parts[p], table->key, err);
    }
    if (status == RS_OK)
        status = rs_join_init(&table->join, keys, table->n_parts, err);
    for (size_t p = 0; p < table->n_parts && keys != NULL; p++)
        rs_keys_clear(&keys[p]);
    free(keys);
    if (status == RS_OK)
        status = move_columns(out, table, columns, n_columns, err);
    for (size_t p = 0; p < table->n_parts; p++)
        drop_data(&table->parts[p]);
    return status;
}

enum rs_status rs_table_load(struct rs_dataset **out, struct rs_table *table,
                             const size_t *columns, size_t n_columns,
                             struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = NULL;
    if (table->n_parts > 1)
        return load_joined(out, table, columns, n_columns, err);
    status = rs_csv_load(out, table->parts[0].csv, columns, n_columns, err);
    if (status == RS_OK)
        table->parts[0].n_rows = (*out)->n_rows;
    return status;
}

/* ---- factors --------------------------------------------------------------
 */

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
                                   const size_t *columns, size_t n,
                                   struct rs_error *err)
{
    struct part *part = &table->parts[p];
    struct rs_dataset shell = {.n_rows = part->n_rows};
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
        shell.columns[at].file_ix = file_column(part, column);
        shell.n_columns++;
    }
    status = RS_OK;
    if (shell.n_columns > 0)
        status =
            rs_csv_load_factors(part->csv, &shell, ones, shell.n_columns, err);
    for (size_t k = 0; k < shell.n_columns && status == RS_OK; k++) {
        struct rs_column *to = &data->columns[own[k]];
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
                                     const size_t *columns, size_t n,
                                     struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (table->n_parts == 1)
        return rs_csv_load_factors(table->parts[0].csv, data, columns, n, err);
    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++)
        status = part_factors(table, p, data, columns, n, err);
    return status;
}
