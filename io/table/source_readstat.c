/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_readstat.h"

#include "readstat_read.h"

#include <stdlib.h>

struct readstat_source {
    struct rs_source base;
    struct rs_readstat *file;
};

static enum rs_status readstat_open(struct rs_source **out,
                                    struct rs_bytes *bytes,
                                    const struct rs_source_options *options,
                                    struct rs_error *err)
{
    const struct rs_readstat_options own = {.cells = options->csv.cells,
                                            .no_labels = options->no_labels};
    struct readstat_source *self = NULL;
    struct rs_readstat *file = NULL;
    enum rs_status status = rs_readstat_open(&file, bytes, &own, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    self = rs_alloc(1, sizeof *self, err);
    if (self == NULL) {
        rs_readstat_close(file);
        return RS_ERR_NOMEM;
    }
    self->file = file;
    self->base.n_columns = rs_readstat_n_columns(file);
    self->base.names = rs_readstat_names(file);
    *out = &self->base;
    return RS_OK;
}

static enum rs_status readstat_set_rules(struct rs_source *source,
                                         const struct rs_column_rules *rules,
                                         struct rs_error *err)
{
    struct readstat_source *self = (struct readstat_source *)source;

    return rs_readstat_set_rules(self->file, rules, err);
}

static enum rs_status readstat_load(struct rs_dataset **out,
                                    struct rs_source *source,
                                    const size_t *columns, size_t n,
                                    struct rs_error *err)
{
    struct readstat_source *self = (struct readstat_source *)source;

    return rs_readstat_load(out, self->file, columns, n, err);
}

static enum rs_status readstat_load_factors(struct rs_source *source,
                                            struct rs_dataset *data,
                                            const struct rs_factors_ask *ask,
                                            struct rs_error *err)
{
    struct readstat_source *self = (struct readstat_source *)source;

    return rs_readstat_load_factors(self->file, data, ask, err);
}

static void readstat_close(struct rs_source *source)
{
    struct readstat_source *self = (struct readstat_source *)source;

    rs_readstat_close(self->file);
    free(self);
}

const struct rs_source_ops rs_source_readstat = {
    .name = "readstat",
    .typed = true,
    .is = rs_readstat_is,
    .open = readstat_open,
    .set_rules = readstat_set_rules,
    .load = readstat_load,
    .load_factors = readstat_load_factors,
    .close = readstat_close,
};
