/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_internal.h"

#include "dataset_new.h"
#include "parallel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        if (rs_table_part_of(table, columns[k]) == p)
            own[n++] = columns[k] - table->first[p];
    if (n > 0 || keys != NULL)
        status = rs_keyed_load(part, own, n, keys != NULL, err);
    if (status == RS_OK && keys != NULL)
        status = rs_keyed_keys(keys, part, table->as, err);
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

    if (rs_table_part_of(move->table, column) != move->part)
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
    enum rs_status status =
        rs_dataset_new(&move.to, table->join.n_rows, n_columns, err);

    for (size_t p = 0; p < table->n_parts && status == RS_OK; p++) {
        move.part = p;
        rs_parallel(table->n_threads, n_columns, &move, move_column);
        rs_keyed_drop_data(&table->parts[p]);
    }
    *out = move.to;
    return status;
}

/* The first key of each file, as 'k1' in 'a.csv', ... */
static void list_lone(char *text, size_t size, const struct rs_table *table)
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t p = 0; p < table->n_parts && used < size; p++)
        used += (size_t)snprintf(text + used, size - used, "%s'%s' in '%s'",
                                 p > 0 ? ", " : "", table->lost.lone[p],
                                 table->parts[p].source->path);
}

static enum rs_status no_row(const struct rs_table *table, struct rs_error *err)
{
    static const char *const formats[] = {
        [RS_KEY_TEXT] = "no row is left: the files have no %s in common: %s",
        [RS_KEY_NUMBER] = "no row is left: the files have no %s in common: %s; "
                          "as numbers, %zu are the same: {key-as} number",
        [RS_KEY_IID] = "no row is left: the files have no %s in common: %s; "
                       "a sample of PLINK is FID_IID, and by IID %zu are the "
                       "same: {key-as} iid",
    };
    char lone[RS_ERROR_TEXT / 2];

    list_lone(lone, sizeof lone, table);
    return rs_error_set(err, RS_ERR_INCONSISTENT, formats[table->lost.cure],
                        table->keys.by == NULL ? "sample" : "key", lone,
                        table->lost.n_cured);
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
    if (status == RS_OK)
        status = rs_join_lost_find(&table->lost, &table->join, table->parts,
                                   table->as, err);
    if (status == RS_OK && table->join.n_rows == 0)
        status = no_row(table, err);
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
        if (rs_table_part_of(table, column) != p)
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
