/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toy_matrix.h"

#include "mem.h"

#include <stdlib.h>
#include <sys/mman.h>

struct raw {
    struct rs_matrix base;
    struct rs_outfile file;
    void *mapping;
    size_t bytes;
};

static void unmap(struct raw *raw)
{
    if (raw->mapping != NULL)
        (void)munmap(raw->mapping, raw->bytes);
    raw->mapping = NULL;
}

static enum rs_status finish(struct rs_matrix *base, struct rs_error *err)
{
    struct raw *raw = (struct raw *)base;

    unmap(raw);
    return rs_outfile_finish(&raw->file, err);
}

static void free_raw(struct rs_matrix *base)
{
    struct raw *raw = (struct raw *)base;

    unmap(raw);
    rs_outfile_clear(&raw->file);
    free(raw);
}

static const struct rs_matrix_ops ops = {finish, free_raw};

static enum rs_status make_matrix(struct rs_matrix **out,
                                  const struct rs_matrix_shape *shape,
                                  const struct rs_place *place,
                                  struct rs_error *err)
{
    const struct rs_outfile_options options = rs_place_outfile(place);
    struct raw *raw = rs_alloc(1, sizeof *raw, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (raw == NULL)
        return RS_ERR_NOMEM;
    raw->base.ops = &ops;
    raw->file.fd = -1;
    raw->bytes = rs_matrix_bytes(shape->n_y, shape->n_x, shape->matched);
    status = rs_outfile_init(&raw->file, &options, err);
    if (status == RS_OK)
        status = rs_outfile_open(&raw->file, err);
    if (status == RS_OK)
        status = rs_outfile_map(&raw->file, &raw->mapping, raw->bytes, err);
    if (status != RS_OK) {
        free_raw(&raw->base);
        return status;
    }
    raw->base.cells = raw->mapping;
    *out = &raw->base;
    return RS_OK;
}

static enum rs_status check(const struct rs_sink_config *config,
                            struct rs_error *err)
{
    return config->place.path != NULL
               ? RS_OK
               : rs_error_set(err, RS_ERR_USAGE, "raw: without a name");
}

static const char *const marks[] = {".raw", NULL};

const struct rs_output_kind toy_matrix = {
    .name = "raw",
    .what = "a matrix (raw)",
    .marks = marks,
    .can = RS_OUTPUT_MATRIX,
    .check = check,
    .make_matrix = make_matrix,
};
