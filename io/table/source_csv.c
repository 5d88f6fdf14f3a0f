/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_csv.h"

#include <stdlib.h>

/* Delimited text, one row a record. */
struct csv_source {
    struct rs_source base;
    struct rs_csv *csv;
};

/* Text has no mark of its own: whatever is nothing else is read as it, and
 * refused there if it is no text either. */
static bool is_anything(const unsigned char *head, size_t n)
{
    (void)head;
    (void)n;
    return true;
}

static enum rs_status csv_open(struct rs_source **out, struct rs_bytes *bytes,
                               const struct rs_source_options *options,
                               struct rs_error *err)
{
    struct csv_source *self = NULL;
    struct rs_csv *csv = NULL;
    enum rs_status status = rs_csv_open(&csv, bytes, &options->csv, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    self = rs_alloc(1, sizeof *self, err);
    if (self == NULL) {
        rs_csv_close(csv);
        return RS_ERR_NOMEM;
    }
    self->csv = csv;
    self->base.n_columns = rs_csv_n_columns(csv);
    self->base.names = rs_csv_names(csv);
    self->base.header_line = rs_csv_header_line(csv);
    *out = &self->base;
    return RS_OK;
}

static enum rs_status csv_set_rules(struct rs_source *source,
                                    const struct rs_column_rules *rules,
                                    struct rs_error *err)
{
    struct csv_source *self = (struct csv_source *)source;

    return rs_csv_set_rules(self->csv, rules, source->n_columns, err);
}

static enum rs_status csv_load(struct rs_dataset **out,
                               struct rs_source *source, const size_t *columns,
                               size_t n, struct rs_error *err)
{
    struct csv_source *self = (struct csv_source *)source;

    return rs_csv_load(out, self->csv, columns, n, err);
}

static enum rs_status csv_load_factors(struct rs_source *source,
                                       struct rs_dataset *data,
                                       const struct rs_factors_ask *ask,
                                       struct rs_error *err)
{
    struct csv_source *self = (struct csv_source *)source;

    return rs_csv_load_factors(self->csv, data, ask, err);
}

static enum rs_status csv_locate(uint64_t *line, size_t *field,
                                 const struct rs_source *source, uint64_t row,
                                 size_t column, struct rs_error *err)
{
    const struct csv_source *self = (const struct csv_source *)source;

    *field = column + 1;
    return rs_csv_row_line(line, self->csv, row, column, err);
}

static void csv_offer(struct rs_error *err, const struct rs_source *source)
{
    rs_csv_offer_layout(err, ((const struct csv_source *)source)->csv);
}

static bool csv_has_line(const struct rs_source *source, const char *name)
{
    return rs_csv_has_line(((const struct csv_source *)source)->csv, name);
}

static void csv_close(struct rs_source *source)
{
    struct csv_source *self = (struct csv_source *)source;

    rs_csv_close(self->csv);
    free(self);
}

const struct rs_source_ops rs_source_csv = {
    .name = "csv",
    .is = is_anything,
    .open = csv_open,
    .set_rules = csv_set_rules,
    .load = csv_load,
    .load_factors = csv_load_factors,
    .locate = csv_locate,
    .offer = csv_offer,
    .has_line = csv_has_line,
    .close = csv_close,
};
