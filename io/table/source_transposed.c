/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_transposed.h"

#include "csv_transpose.h"

#include <stdlib.h>

/* Delimited text, one variable a record; the header names the rows. */
struct transposed_source {
    struct rs_source base;
    struct rs_csv_transposed *csv;
    uint64_t header_line; /* with the names of the rows */
};

static enum rs_status transposed_open(struct rs_source **out,
                                      struct rs_bytes *bytes,
                                      const struct rs_source_options *options,
                                      struct rs_error *err)
{
    struct transposed_source *self = NULL;
    struct rs_csv_transposed *transposed = NULL;
    struct rs_csv *csv = NULL;
    uint64_t header_line = 0;
    enum rs_status status = rs_csv_open(&csv, bytes, &options->csv, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    header_line = rs_csv_header_line(csv);
    status =
        rs_csv_transposed_open(&transposed, csv, &options->transposed, err);
    if (status != RS_OK)
        return status;
    self = rs_alloc(1, sizeof *self, err);
    if (self == NULL) {
        rs_csv_transposed_close(transposed);
        return RS_ERR_NOMEM;
    }
    self->csv = transposed;
    self->header_line = header_line;
    self->base.n_columns = rs_csv_transposed_n(transposed);
    self->base.names = rs_csv_transposed_names(transposed);
    self->base.n_rows = rs_csv_transposed_n_samples(transposed);
    self->base.row_names = rs_csv_transposed_samples(transposed);
    self->base.layout = rs_csv_transposed_layout(transposed);
    *out = &self->base;
    return RS_OK;
}

static enum rs_status transposed_set_rules(struct rs_source *source,
                                           const struct rs_column_rules *rules,
                                           struct rs_error *err)
{
    struct transposed_source *self = (struct transposed_source *)source;

    return rs_csv_transposed_set_rules(self->csv, rules, err);
}

static enum rs_status transposed_load(struct rs_dataset **out,
                                      struct rs_source *source,
                                      const size_t *columns, size_t n,
                                      struct rs_error *err)
{
    struct transposed_source *self = (struct transposed_source *)source;

    return rs_csv_transposed_load(out, self->csv, columns, n, err);
}

static enum rs_status transposed_load_factors(struct rs_source *source,
                                              struct rs_dataset *data,
                                              const struct rs_factors_ask *ask,
                                              struct rs_error *err)
{
    struct transposed_source *self = (struct transposed_source *)source;

    return rs_csv_transposed_load_factors(self->csv, data, ask, err);
}

/* Cells are found while they are read (csv_transpose.c); only the names of the
 * rows are asked for. */
static enum rs_status transposed_locate(uint64_t *line, size_t *field,
                                        const struct rs_source *source,
                                        uint64_t row, size_t column,
                                        struct rs_error *err)
{
    const struct transposed_source *self =
        (const struct transposed_source *)source;

    (void)err;
    if (column == RS_ROW_NAME) {
        *line = self->header_line;
        *field = (size_t)row + rs_csv_transposed_layout(self->csv)->leading + 1;
    }
    return RS_OK;
}

static void transposed_offer(struct rs_error *err,
                             const struct rs_source *source)
{
    rs_csv_transposed_offer_layout(
        err, ((const struct transposed_source *)source)->csv);
}

static void transposed_close(struct rs_source *source)
{
    struct transposed_source *self = (struct transposed_source *)source;

    rs_csv_transposed_close(self->csv);
    free(self);
}

const struct rs_source_ops rs_source_transposed = {
    .name = "transposed",
    .open = transposed_open,
    .set_rules = transposed_set_rules,
    .load = transposed_load,
    .load_factors = transposed_load_factors,
    .locate = transposed_locate,
    .offer = transposed_offer,
    .close = transposed_close,
};
