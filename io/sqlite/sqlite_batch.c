/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlite_batch.h"

#include "dropped_text.h"
#include "level_texts.h"
#include "mem.h"

#include <math.h>
#include <stdlib.h>

struct table {
    sqlite3_vtab base;
    struct rs_sqlite_batch *batch;
};

struct cursor {
    sqlite3_vtab_cursor base;
    struct rs_sqlite_batch *batch;
    const char *row, *end;
    struct rs_row_head head; /* of row, unless that is the end */
    sqlite3_int64 n;
};

/* ---- texts ------------------------------------------------------- */

static struct rs_sqlite_text text_of(const char *text)
{
    return (struct rs_sqlite_text){text, (int)strlen(text)};
}

enum rs_status rs_sqlite_texts_init(struct rs_sqlite_texts *texts,
                                    const struct rs_rows_shape *rows,
                                    struct rs_error *err)
{
    const struct rs_dataset *data = rows->data;

    memset(texts, 0, sizeof *texts);
    texts->rows = rows;
    texts->names = rs_alloc(data->n_columns, sizeof *texts->names, err);
    texts->terms = rs_alloc(rows->n_term_texts, sizeof *texts->terms, err);
    if (rs_dropped_wanted(rows)) {
        texts->dropped = rs_alloc(rs_dropped_most(rows), 1, err);
        if (texts->dropped == NULL)
            return RS_ERR_NOMEM;
    }
    if (texts->names == NULL || texts->terms == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < data->n_columns; j++)
        texts->names[j] = text_of(data->columns[j].name);
    for (size_t k = 0; k < rows->n_term_texts; k++)
        if (rows->term_texts[k] != NULL)
            texts->terms[k] = text_of(rows->term_texts[k]);
    texts->model = text_of(rows->model_name);
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        texts->outcomes[i] = text_of(rs_outcome_name((enum rs_outcome)i));
    return RS_OK;
}

void rs_sqlite_texts_clear(struct rs_sqlite_texts *texts)
{
    free(texts->names);
    free(texts->terms);
    free(texts->dropped);
    memset(texts, 0, sizeof *texts);
}

/* ---- the virtual table ------------------------------------------- */

static int batch_connect(sqlite3 *db, void *aux, int argc,
                         const char *const *argv, sqlite3_vtab **out,
                         char **message)
{
    struct rs_sqlite_batch *batch = aux;
    struct table *table = NULL;
    sqlite3_str *sql = sqlite3_str_new(db);
    char *text = NULL;
    int rc = SQLITE_NOMEM;

    (void)argc;
    (void)argv;
    (void)message;
    sqlite3_str_appendall(sql, "CREATE TABLE batch (run_id");
    for (size_t k = 0; k < batch->texts->rows->labels.n; k++)
        sqlite3_str_appendf(sql, ", l%llu", (unsigned long long)k);
    for (size_t i = 0; i < batch->layout->n_columns; i++)
        sqlite3_str_appendf(sql, ", c%llu", (unsigned long long)i);
    sqlite3_str_appendall(sql, ")");
    text = sqlite3_str_finish(sql);
    if (text == NULL)
        return SQLITE_NOMEM;
    rc = sqlite3_declare_vtab(db, text);
    sqlite3_free(text);
    if (rc != SQLITE_OK)
        return rc;
    table = sqlite3_malloc64(sizeof *table);
    if (table == NULL)
        return SQLITE_NOMEM;
    memset(table, 0, sizeof *table);
    table->batch = batch;
    *out = &table->base;
    return SQLITE_OK;
}

static int batch_disconnect(sqlite3_vtab *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int batch_best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    (void)base;
    info->estimatedCost = 1e6;
    return SQLITE_OK;
}

static int batch_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    struct cursor *cursor = sqlite3_malloc64(sizeof *cursor);

    if (cursor == NULL)
        return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    cursor->batch = ((struct table *)base)->batch;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int batch_close(sqlite3_vtab_cursor *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

/* Goes on to a row of the batch's kind, from this one on. */
static void find_row(struct cursor *cursor)
{
    while (cursor->row < cursor->end) {
        cursor->head = rs_row_head(cursor->row);
        if ((cursor->head.term != RS_HEAD_PAIR) == cursor->batch->terms)
            return;
        cursor->row += cursor->batch->other_bytes;
    }
    cursor->batch->n_rows = (uint64_t)cursor->n;
}

static int batch_filter(sqlite3_vtab_cursor *base, int number, const char *text,
                        int argc, sqlite3_value **argv)
{
    struct cursor *cursor = (struct cursor *)base;

    (void)number;
    (void)text;
    (void)argc;
    (void)argv;
    cursor->row = cursor->batch->bytes;
    cursor->end = cursor->row + cursor->batch->n_bytes;
    cursor->n = 0;
    find_row(cursor);
    return SQLITE_OK;
}

static int batch_next(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;

    cursor->row += cursor->batch->layout->row_bytes;
    cursor->n++;
    find_row(cursor);
    return SQLITE_OK;
}

static int batch_eof(sqlite3_vtab_cursor *base)
{
    const struct cursor *cursor = (const struct cursor *)base;

    return cursor->row >= cursor->end;
}

static int batch_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid)
{
    *rowid = ((const struct cursor *)base)->n;
    return SQLITE_OK;
}

static const struct rs_sqlite_text *text_in(const struct cursor *cursor,
                                            enum rs_row_source source)
{
    const struct rs_sqlite_texts *texts = cursor->batch->texts;
    const struct rs_row_head *head = &cursor->head;

    switch (source) {
    case RS_FROM_Y:
        return &texts->names[head->y];
    case RS_FROM_X:
        return &texts->names[head->x];
    case RS_FROM_TERM:
        return head->term == RS_TERM_X ? &texts->names[head->x]
                                       : &texts->terms[head->term];
    case RS_FROM_MODEL:
        return &texts->model;
    default:
        return &texts->outcomes[head->outcome];
    }
}

static void level_column(const struct cursor *cursor, sqlite3_context *context,
                         enum rs_row_source source)
{
    const struct rs_rows_shape *rows = cursor->batch->texts->rows;
    const struct rs_row_head *head = &cursor->head;
    size_t term = head->term == RS_HEAD_PAIR ? RS_NO_TERM : head->term;
    const char *text = rs_level_text(
        rows, source,
        rs_level_text_place(rows, source, head->part, head->x, term));

    if (text == NULL)
        sqlite3_result_null(context);
    else
        sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

static void dropped_column(const struct cursor *cursor,
                           sqlite3_context *context, size_t offset)
{
    const struct rs_sqlite_texts *texts = cursor->batch->texts;
    size_t len =
        rs_dropped_unpack(texts->dropped, texts->rows, cursor->row + offset);

    if (len == 0)
        sqlite3_result_null(context);
    else
        sqlite3_result_text(context, texts->dropped, (int)len,
                            SQLITE_TRANSIENT);
}

/* Column i of the result columns. */
static void result_column(const struct cursor *cursor, sqlite3_context *context,
                          size_t i)
{
    const struct rs_row_layout *layout = cursor->batch->layout;
    enum rs_row_source source = layout->columns[i].source;
    size_t offset = layout->offsets[i];
    const struct rs_sqlite_text *text = NULL;
    double value = 0.0;

    if (rs_source_is_level(source)) {
        level_column(cursor, context, source);
    } else if (source == RS_FROM_DROPPED) {
        dropped_column(cursor, context, offset);
    } else if (offset == 0) {
        text = text_in(cursor, source);
        sqlite3_result_text(context, text->text, text->len, SQLITE_STATIC);
    } else if (source == RS_FROM_COUNT) {
        sqlite3_result_int64(context,
                             (sqlite3_int64)rs_row_whole(cursor->row, offset));
    } else {
        value = rs_row_real(cursor->row, offset);
        if (isfinite(value))
            sqlite3_result_double(context, value);
        else
            sqlite3_result_null(context); /* not available */
    }
}

/* run_id, then the labels, then what the result has. */
static int batch_column(sqlite3_vtab_cursor *base, sqlite3_context *context,
                        int i)
{
    const struct cursor *cursor = (const struct cursor *)base;
    const struct rs_labels *labels = &cursor->batch->texts->rows->labels;
    size_t place = (size_t)i;

    if (place == 0)
        sqlite3_result_int64(context, cursor->batch->run_id);
    else if (place <= labels->n)
        sqlite3_result_text(context,
                            rs_label_text(labels, cursor->head.part, place - 1),
                            -1, SQLITE_STATIC);
    else
        result_column(cursor, context, place - labels->n - 1);
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .iVersion = 1,
    .xCreate = batch_connect,
    .xConnect = batch_connect,
    .xBestIndex = batch_best_index,
    .xDisconnect = batch_disconnect,
    .xDestroy = batch_disconnect,
    .xOpen = batch_open,
    .xClose = batch_close,
    .xFilter = batch_filter,
    .xNext = batch_next,
    .xEof = batch_eof,
    .xColumn = batch_column,
    .xRowid = batch_rowid,
};

int rs_sqlite_batch_register(sqlite3 *db, const char *name,
                             struct rs_sqlite_batch *batch)
{
    int rc = sqlite3_create_module_v2(db, name, &module, batch, NULL);
    char *sql = sqlite3_mprintf("CREATE VIRTUAL TABLE temp.\"%w\" USING \"%w\"",
                                name, name);

    if (sql == NULL)
        rc = SQLITE_NOMEM;
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return rc;
}
