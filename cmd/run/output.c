/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "outfile.h"

static enum rs_status check_file(const struct rs_sink_config *config,
                                 struct rs_error *err)
{
    struct rs_outfile probe;
    const struct rs_outfile_options options = rs_sink_outfile(config);
    enum rs_status status = rs_outfile_init(&probe, &options, err);

    if (status == RS_OK)
        rs_outfile_clear(&probe);
    return status;
}

/* A matrix is filled in place: not through a pipe. */
static enum rs_status check_matrix(const struct rs_sink_config *config,
                                   struct rs_error *err)
{
    struct rs_outfile probe;
    const struct rs_outfile_options options = rs_sink_outfile(config);
    enum rs_status status = rs_outfile_init(&probe, &options, err);

    if (status == RS_OK && probe.partial == NULL)
        status = rs_error_set_os(err, RS_ERR_OPEN, config->path, 0,
                                 "a matrix (npy) needs a regular file");
    rs_outfile_clear(&probe);
    return status;
}

enum rs_status rs_output_check(const struct rs_target *target,
                               const struct rs_sink_config *config,
                               struct rs_error *err)
{
    switch (target->kind) {
    case RS_TARGET_TEXT:
    case RS_TARGET_JSONL:
        return check_file(config, err);
    case RS_TARGET_SQLITE:
        return rs_sink_sqlite_check(config, err);
    case RS_TARGET_NPY:
        return check_matrix(config, err);
    case RS_TARGET_POSTGRES:
        return rs_sink_postgres_check(config, err);
    }
    return rs_error_set(err, RS_ERR_INTERNAL, "no such kind of output");
}

static const struct rs_packing *packing_of(const struct rs_target *target)
{
    switch (target->packing) {
    case RS_PACKING_GZIP:
        return &rs_packing_gzip;
    case RS_PACKING_ZSTD:
        return &rs_packing_zstd;
    default:
        return NULL;
    }
}

enum rs_status rs_output_sink(struct rs_sink **out,
                              const struct rs_target *target,
                              const struct rs_sink_config *config,
                              struct rs_error *err)
{
    struct rs_sink_config lines = *config;

    *out = NULL;
    lines.packing = packing_of(target);
    switch (target->kind) {
    case RS_TARGET_TEXT:
        return rs_sink_text_new(out, &lines, err);
    case RS_TARGET_SQLITE:
        return rs_sink_sqlite_new(out, config, err);
    case RS_TARGET_POSTGRES:
        return rs_sink_postgres_new(out, config, err);
    case RS_TARGET_JSONL:
        return rs_sink_jsonl_new(out, &lines, err);
    case RS_TARGET_NPY: /* is filled, not written to */
        break;
    }
    return rs_error_set(err, RS_ERR_INTERNAL, "no rows for this output");
}
