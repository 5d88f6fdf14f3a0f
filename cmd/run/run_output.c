/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_output.h"

#include "adjusted_cells.h"
#include "run_parts.h"

struct rs_sink_config rs_run_sink_config(const struct rs_run *run)
{
    const struct rs_asked *asked = &run->asked;
    const struct rs_settings *settings = run->settings;
    const struct rs_result_columns *pairs = &asked->columns;
    const struct rs_result_columns *terms = &asked->term_columns;
    bool is_stdout =
        settings->running.dry_run || settings->writing.output == NULL;

    return (struct rs_sink_config){
        .rows = {.labels = run->labels,
                 .labels_later = run->input.data == NULL &&
                                 (settings->selecting.groups.n > 0 ||
                                  settings->modelling.model_sets.n > 0),
                 .which = asked->rows,
                 .pairs = {pairs->fields, pairs->names, pairs->n},
                 .terms = {terms->fields, terms->names, terms->n},
                 .n_kinds = run->n_kinds,
                 .together = run->together,
                 .term_texts = (const char *const *)run->term_names.texts,
                 .n_term_texts = run->term_names.n,
                 .term_levels = run->term_names.levels,
                 .term_references = run->term_names.references,
                 .n_covariates = run->input.n_covariates,
                 .conf_level = settings->modelling.conf_level,
                 .model_name = asked->model->name,
                 .digits = (int)settings->writing.digits,
                 .bom = settings->writing.bom},
        .place = {.path = is_stdout ? NULL : asked->target.path,
                  .table = settings->writing.table,
                  .packing = asked->target.packing,
                  .inputs = &run->input_files,
                  .force = settings->writing.force,
                  .append = settings->writing.append,
                  .durable = settings->writing.durable,
                  .stop = rs_run_stop_flag(run)},
        .server = run->server,
    };
}

/* ---- what the kind says ------------------------------------------ */

static enum rs_status make_sink(struct rs_run *run, struct rs_error *err)
{
    struct rs_sink_config config = rs_run_sink_config(run);

    run->info.input_hash = run->input.hash;
    run->info.notes = run->notes;
    run->info.n_pairs = rs_run_n_pairs(run);
    run->info.n_tiles = rs_run_n_tiles(run);
    config.rows.data = run->input.data;
    config.info = &run->info;
    return run->asked.target.kind->make(&run->sink, &config, err);
}

/* What the cells of a matrix are: see values.h. */
static int find_field(const struct rs_asked *asked)
{
    enum rs_field field = asked->columns.fields[0];

    return rs_fields[field].need == RS_NEED_ADJUST
               ? RS_VALUE_LOG_P /* until they are adjusted */
               : (int)field;
}

/* A matrix in place of rows: what its cells are. */
static void want_matrix(struct rs_run *run)
{
    run->values.field = find_field(&run->asked);
    run->values.conf_level = run->settings->modelling.conf_level;
    run->values.matched = run->plans->pairs == RS_PAIRS_MATCHED;
    run->values.n_x = run->values.matched ? 1 : run->plans->n_x;
    run->parts->values = &run->values;
}

enum rs_status rs_run_output_make(struct rs_run *run, struct rs_error *err)
{
    if (rs_output_can(run->asked.target.kind, RS_OUTPUT_ROWS))
        return make_sink(run, err);
    want_matrix(run);
    return RS_OK;
}

/* ---- a matrix ---------------------------------------------------- */

static const char *name_y(const void *ctx, size_t y_ix)
{
    const struct rs_run *run = ctx;

    return run->input.data->columns[run->plans->y[y_ix]].name;
}

static const char *name_x(const void *ctx, size_t x_ix)
{
    const struct rs_run *run = ctx;

    return run->input.data->columns[run->plans->x[x_ix]].name;
}

enum rs_status rs_run_output_open(struct rs_run *run, struct rs_error *err)
{
    const struct rs_matrix_shape shape = {
        .n_y = run->plans->n_y,
        .n_x = run->plans->n_x,
        .matched = run->values.matched,
        .name_y = name_y,
        .name_x = name_x,
        .ctx = run,
    };
    const struct rs_sink_config config = rs_run_sink_config(run);
    enum rs_status status = RS_OK;

    if (run->parts->values == NULL)
        return RS_OK;
    status = run->asked.target.kind->make_matrix(&run->matrix, &shape,
                                                 &config.place, err);
    if (status == RS_OK)
        run->values.cells = run->matrix->cells;
    return status;
}

static void free_matrix(struct rs_run *run)
{
    if (run->matrix != NULL)
        run->matrix->ops->free(run->matrix);
    run->matrix = NULL;
    run->values.cells = NULL;
}

enum rs_status rs_run_output_end(struct rs_run *run, enum rs_status status,
                                 struct rs_error *err)
{
    if (run->matrix == NULL)
        return status;
    if (status == RS_OK && run->values.field == RS_VALUE_LOG_P)
        rs_adjusted_cells(&run->values, run->plans->n_y, run->corrections.parts,
                          (int)run->asked.columns.fields[0],
                          run->sweep.crew.n_workers, run->sweep.crew.stop);
    if (status == RS_OK)
        status = run->matrix->ops->finish(run->matrix, err);
    free_matrix(run);
    return status;
}

void rs_run_output_free(struct rs_run *run)
{
    if (run->sink != NULL)
        run->sink->ops->free(run->sink);
    run->sink = NULL;
    free_matrix(run);
}
