/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset_new.h"

#include "utf8.h"

#include <math.h>
#include <string.h>

/* Columns begin on 64-byte boundaries. */
static size_t stride_of(size_t n_rows)
{
    return (n_rows + 7) / 8 * 8;
}

enum rs_status rs_dataset_new(struct rs_dataset **out, size_t n_rows,
                              size_t n_columns, struct rs_error *err)
{
    struct rs_dataset *data = rs_alloc(1, sizeof *data, err);
    size_t n_words = rs_bit_words(n_rows);
    size_t cells = 0;
    size_t words = 0;
    enum rs_status status = RS_ERR_NOMEM;

    *out = NULL;
    if (data == NULL)
        return RS_ERR_NOMEM;
    data->columns = rs_alloc(n_columns, sizeof *data->columns, err);
    if (data->columns == NULL)
        goto done;
    data->n_rows = n_rows;
    data->n_columns = n_columns;
    if (!rs_size_mul(&cells, stride_of(n_rows), n_columns) ||
        !rs_size_mul(&cells, cells, sizeof(double)) ||
        !rs_size_mul(&words, n_words, n_columns) ||
        !rs_size_mul(&words, words, sizeof(uint64_t))) {
        status = rs_error_set(err, RS_ERR_NOMEM, "the table is too large");
        goto done;
    }
    status = rs_pages_new(&data->numbers, cells, err);
    if (status == RS_OK)
        status = rs_pages_new(&data->bits, words, err);
    if (status != RS_OK)
        goto done;
    for (size_t j = 0; j < n_columns; j++) {
        data->columns[j].values = rs_dataset_cells(data, j);
        data->columns[j].valid = (uint64_t *)data->bits.base + j * n_words;
    }
    *out = data;
    data = NULL;
done:
    rs_dataset_free(data);
    return status;
}

double *rs_dataset_cells(const struct rs_dataset *data, size_t column)
{
    return (double *)data->numbers.base + column * stride_of(data->n_rows);
}

static uint64_t bits_of(double value)
{
    uint64_t bits = 0;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A quiet NaN with something in its lowest bits. */
static double nan_of(uint64_t low)
{
    const uint64_t bits = UINT64_C(0x7ff8000000000000) | low;
    double value = 0.0;

    memcpy(&value, &bits, sizeof value);
    return value;
}

double rs_nan_word(void)
{
    return nan_of(1);
}

double rs_nan_text(void)
{
    return nan_of(2);
}

double rs_nan_beyond(void)
{
    return nan_of(3);
}

/* Cells of a text column that are there though doubles do not hold them. */
struct texts {
    size_t n_nan, n_words, n_beyond; /* rs_nan_word, _text, _beyond */
};

/* Counts them among 64 cells at most; returns their bits. */
static uint64_t texts_among(struct texts *texts, const double *values, size_t n)
{
    const uint64_t nan = bits_of(rs_nan_word());
    const uint64_t word = bits_of(rs_nan_text());
    const uint64_t beyond = bits_of(rs_nan_beyond());
    uint64_t bits = 0;

    for (size_t i = 0; i < n; i++) {
        uint64_t cell = bits_of(values[i]);
        texts->n_nan += cell == nan;
        texts->n_words += cell == word;
        texts->n_beyond += cell == beyond;
        bits |= (uint64_t)(cell == nan || cell == word || cell == beyond) << i;
    }
    return bits;
}

void rs_column_finish(struct rs_column *column, const double *values,
                      uint64_t *valid, size_t n_rows)
{
    bool text = column->type == RS_TYPE_TEXT;
    struct texts texts = {0};

    column->n_missing = 0;
    column->n_infinite = 0;
    for (size_t begin = 0; begin < n_rows; begin += 64) {
        size_t end = begin + 64 < n_rows ? begin + 64 : n_rows;
        uint64_t bits = 0;
        for (size_t i = begin; i < end; i++) {
            bits |= (uint64_t)(values[i] == values[i]) << (i - begin);
            column->n_infinite += isinf(values[i]) ? 1 : 0;
        }
        if (text)
            bits |= texts_among(&texts, values + begin, end - begin);
        valid[begin / 64] = bits;
        column->n_missing += end - begin - (size_t)__builtin_popcountll(bits);
    }
    column->valid = valid;
    column->values = text ? NULL : values;
    column->wordy =
        2 * (texts.n_nan + texts.n_words) > n_rows - column->n_missing;
    column->n_words = texts.n_words + texts.n_beyond;
    column->n_cells = n_rows - column->n_missing - texts.n_nan;
    if (text) {
        column->n_infinite = 0;
        column->loss = (struct rs_loss){0};
    }
}

void rs_dataset_finish(struct rs_dataset *data, size_t column)
{
    size_t n_words = rs_bit_words(data->n_rows);

    rs_column_finish(&data->columns[column], rs_dataset_cells(data, column),
                     (uint64_t *)data->bits.base + column * n_words,
                     data->n_rows);
}

void rs_fault_set(struct rs_fault *fault, enum rs_fault_kind kind,
                  const char *text, size_t len)
{
    size_t kept = len < sizeof fault->text
                      ? len
                      : rs_utf8_whole(text, sizeof fault->text - 4);

    fault->kind = kind;
    memcpy(fault->text, text, kept);
    memcpy(fault->text + kept, kept < len ? "..." : "", kept < len ? 4 : 1);
}

bool rs_fault_is_text(enum rs_fault_kind kind)
{
    return kind == RS_FAULT_NOT_A_NUMBER || kind == RS_FAULT_OUT_OF_RANGE;
}

void rs_loss_count(struct rs_loss *loss, enum rs_fault_kind kind)
{
    loss->n_rounded += kind == RS_FAULT_ROUNDED ? 1 : 0;
    loss->n_too_small += kind == RS_FAULT_TOO_SMALL ? 1 : 0;
}
