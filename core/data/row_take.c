/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_take.h"

#include "parallel.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Columns that a thread takes at a time. */
enum { PIECE = 32 };

struct taking {
    struct rs_dataset *data;
    const size_t *order; /* [n] */
    size_t n;
    atomic_bool failed; /* out of memory */
};

/* Cells of a column while they change their places. */
struct room {
    double *values;  /* [n] */
    uint64_t *valid; /* [words of n] */
    int32_t *codes;  /* [n] */
};

static void take_values(struct rs_column *column, const struct taking *taking,
                        struct room *room)
{
    /* The dataset is ours to change until workers share it. */
    double *values = (double *)(uintptr_t)column->values;

    column->n_infinite = 0;
    if (values == NULL)
        return;
    for (size_t i = 0; i < taking->n; i++) {
        room->values[i] = values[taking->order[i]];
        column->n_infinite += isinf(room->values[i]) ? 1 : 0;
    }
    memcpy(values, room->values, taking->n * sizeof *values);
}

static void take_valid(struct rs_column *column, const struct taking *taking,
                       struct room *room)
{
    uint64_t *valid = (uint64_t *)(uintptr_t)column->valid;
    size_t n_words = rs_bit_words(taking->n);

    if (column->n_missing == 0) {
        rs_rows_fill(valid, taking->n);
        return;
    }
    memset(room->valid, 0, n_words * sizeof *room->valid);
    for (size_t i = 0; i < taking->n; i++)
        room->valid[i / 64] |= (uint64_t)rs_rows_has(valid, taking->order[i])
                               << (i % 64);
    memcpy(valid, room->valid, n_words * sizeof *valid);
    column->n_missing = taking->n - rs_rows_count(valid, n_words);
}

static void take_codes(struct rs_factor *factor, const struct taking *taking,
                       struct room *room)
{
    if (factor == NULL)
        return;
    for (size_t i = 0; i < taking->n; i++)
        room->codes[i] = factor->codes[taking->order[i]];
    memcpy(factor->codes, room->codes, taking->n * sizeof *factor->codes);
}

static void take_piece(void *ctx, size_t piece)
{
    struct taking *taking = ctx;
    struct rs_dataset *data = taking->data;
    size_t end = (piece + 1) * PIECE;
    struct room room = {
        rs_alloc(taking->n, sizeof *room.values, NULL),
        rs_alloc(rs_bit_words(taking->n), sizeof *room.valid, NULL),
        rs_alloc(taking->n, sizeof *room.codes, NULL)};
    bool fine = room.values != NULL && room.valid != NULL && room.codes != NULL;

    end = end < data->n_columns ? end : data->n_columns;
    for (size_t j = piece * PIECE; j < end && fine; j++) {
        take_values(&data->columns[j], taking, &room);
        take_valid(&data->columns[j], taking, &room);
        take_codes(data->columns[j].factor, taking, &room);
        if (data->columns[j].levels != data->columns[j].factor)
            take_codes(data->columns[j].levels, taking, &room);
    }
    if (!fine)
        atomic_store(&taking->failed, true);
    free(room.values);
    free(room.valid);
    free(room.codes);
}

enum rs_status rs_dataset_take_rows(struct rs_dataset *data,
                                    const size_t *order, size_t n,
                                    unsigned n_threads, struct rs_error *err)
{
    struct taking taking = {.data = data, .order = order, .n = n};

    rs_parallel(n_threads, (data->n_columns + PIECE - 1) / PIECE, &taking,
                take_piece);
    data->n_rows = n;
    return atomic_load(&taking.failed)
               ? rs_error_set(err, RS_ERR_NOMEM, "out of memory")
               : RS_OK;
}

enum rs_status rs_dataset_keep_rows(uint64_t *n_dropped,
                                    struct rs_dataset *data,
                                    const uint64_t *keep, unsigned n_threads,
                                    struct rs_error *err)
{
    size_t n = rs_rows_count(keep, rs_bit_words(data->n_rows));
    size_t *order = NULL;
    size_t used = 0;
    enum rs_status status = RS_OK;

    *n_dropped = data->n_rows - n;
    if (n == data->n_rows)
        return RS_OK;
    order = rs_alloc(n, sizeof *order, err);
    if (order == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < data->n_rows; i++)
        if (rs_rows_has(keep, i))
            order[used++] = i;
    status = rs_dataset_take_rows(data, order, n, n_threads, err);
    free(order);
    return status;
}

enum rs_status rs_dataset_keep_complete(uint64_t *n_dropped,
                                        struct rs_dataset *data,
                                        const struct rs_complete_ask *ask,
                                        unsigned n_threads,
                                        struct rs_error *err)
{
    size_t n_words = rs_bit_words(data->n_rows);
    uint64_t *keep = rs_alloc(n_words, sizeof *keep, err);
    enum rs_status status = RS_OK;

    if (keep == NULL)
        return RS_ERR_NOMEM;
    rs_rows_fill(keep, data->n_rows);
    for (size_t k = 0; k < ask->n; k++)
        (void)rs_rows_and(keep, keep, data->columns[ask->columns[k]].valid,
                          n_words);
    status = rs_rows_count(keep, n_words) == 0
                 ? rs_error_set(err, RS_ERR_INCONSISTENT, ask->empty, ask->n)
                 : rs_dataset_keep_rows(n_dropped, data, keep, n_threads, err);
    free(keep);
    return status;
}
