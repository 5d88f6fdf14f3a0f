/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_matrix_market.h"

#include "numtext.h"
#include "source.h"
#include "source_memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "%%MatrixMarket matrix array real general\n";

enum { NAME_SIZE = 24, MOST_CELLS = 1000000 };

struct market_source {
    struct rs_source base;
    struct rs_source *cells; /* has the columns, in memory */
    double *values;          /* [n_columns * n_rows] */
    char (*names)[NAME_SIZE];
    struct rs_memory_column *columns;
};

static bool is_market(const unsigned char *head, size_t n)
{
    return n >= strlen(mark) && memcmp(head, mark, strlen(mark)) == 0;
}

static void market_close(struct rs_source *source)
{
    struct market_source *self = (struct market_source *)source;

    rs_source_close(self->cells);
    free(self->values);
    free(self->names);
    free(self->columns);
    free(self);
}

/* Reads the number that ends with the byte `end`. */
static bool next_number(double *value, const char **at, const char *stop,
                        char end)
{
    const char *behind = memchr(*at, end, (size_t)(stop - *at));
    const char *from = *at;

    if (behind == NULL)
        return false;
    *at = behind + 1;
    return rs_number_read(value, from, (size_t)(behind - from), '.') ==
           RS_NUMBER_OK;
}

static enum rs_status make_room(struct market_source *self, size_t n_columns,
                                size_t n_rows, struct rs_error *err)
{
    self->values = rs_alloc(n_columns * n_rows, sizeof *self->values, err);
    self->names = rs_alloc(n_columns, sizeof *self->names, err);
    self->columns = rs_alloc(n_columns, sizeof *self->columns, err);
    if (self->values == NULL || self->names == NULL || self->columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < n_columns; j++) {
        (void)snprintf(self->names[j], NAME_SIZE, "v%zu", j + 1);
        self->columns[j].name = self->names[j];
        self->columns[j].values = self->values + j * n_rows;
    }
    return RS_OK;
}

/* The whole input: [at, stop). */
static enum rs_status read_all(struct market_source *self, const char *at,
                               const char *stop, const char *path,
                               struct rs_error *err)
{
    double n_rows = 0.0;
    double n_columns = 0.0;
    enum rs_status status = RS_OK;
    bool sound = next_number(&n_rows, &at, stop, ' ') &&
                 next_number(&n_columns, &at, stop, '\n') && n_rows >= 1.0 &&
                 n_columns >= 1.0 && n_rows * n_columns <= MOST_CELLS;

    if (sound)
        status = make_room(self, (size_t)n_columns, (size_t)n_rows, err);
    if (status != RS_OK)
        return status;
    for (size_t i = 0; sound && i < (size_t)n_columns * (size_t)n_rows; i++)
        sound = next_number(&self->values[i], &at, stop, '\n');
    if (!sound || at != stop)
        return rs_error_set_os(err, RS_ERR_MALFORMED, path, 0,
                               "it is no whole dense matrix");
    status = rs_source_memory_new(&self->cells, self->columns,
                                  (size_t)n_columns, (size_t)n_rows, err);
    if (status != RS_OK)
        return status;
    self->base.n_columns = self->cells->n_columns;
    self->base.names = self->cells->names;
    self->base.n_rows = self->cells->n_rows;
    return RS_OK;
}

static enum rs_status market_open(struct rs_source **out,
                                  struct rs_bytes *bytes,
                                  const struct rs_source_options *options,
                                  struct rs_error *err)
{
    struct market_source *self = rs_alloc(1, sizeof *self, err);
    char *buffer = rs_alloc(bytes->size, 1, err);
    const char *text = NULL;
    size_t n = 0;
    enum rs_status status = RS_ERR_NOMEM;

    (void)options;
    *out = NULL;
    if (self == NULL || buffer == NULL)
        goto done;
    status = rs_bytes_read(&text, &n, bytes, 0, buffer, bytes->size, err);
    if (status == RS_OK)
        status =
            read_all(self, text + strlen(mark), text + n, bytes->path, err);
    if (status == RS_OK) {
        *out = &self->base;
        self = NULL;
    }
done:
    rs_bytes_close(bytes);
    free(buffer);
    if (self != NULL)
        market_close(&self->base);
    return status;
}

static enum rs_status market_load(struct rs_dataset **out,
                                  struct rs_source *source,
                                  const size_t *columns, size_t n,
                                  struct rs_error *err)
{
    return rs_source_load(out, ((struct market_source *)source)->cells, columns,
                          n, err);
}

static enum rs_status market_load_factors(struct rs_source *source,
                                          struct rs_dataset *data,
                                          const struct rs_factors_ask *ask,
                                          struct rs_error *err)
{
    return rs_source_load_factors(((struct market_source *)source)->cells, data,
                                  ask, err);
}

/* The lines before the numbers are two. */
static enum rs_status market_locate(uint64_t *line, size_t *field,
                                    const struct rs_source *source,
                                    uint64_t row, size_t column,
                                    struct rs_error *err)
{
    (void)err;
    if (column != RS_ROW_NAME) {
        *line = column * source->n_rows + row + 3;
        *field = 1;
    }
    return RS_OK;
}

const struct rs_source_ops rs_source_matrix_market = {
    .name = "matrix-market",
    .is = is_market,
    .open = market_open,
    .load = market_load,
    .load_factors = market_load_factors,
    .locate = market_locate,
    .close = market_close,
};
