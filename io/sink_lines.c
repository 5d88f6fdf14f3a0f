/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_lines.h"

#include "mem.h"
#include "numtext.h"

#include <stdlib.h>

/* ---- operations ------------------------------------------------------ */

size_t rs_sink_lines_row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    const struct rs_sink_lines *lines = (const struct rs_sink_lines *)base;

    /* x is the name of a term, too */
    return lines->fixed_bound + lines->names[y].len + 2 * lines->names[x].len;
}

enum rs_status rs_sink_lines_write(struct rs_sink *base, const void *bytes,
                                   size_t n_bytes, struct rs_error *err)
{
    return rs_packfile_write(&((struct rs_sink_lines *)base)->file, bytes,
                             n_bytes, err);
}

enum rs_status rs_sink_lines_write_packed(struct rs_sink *base,
                                          const void *bytes, size_t n_bytes,
                                          struct rs_error *err)
{
    return rs_packfile_write_packed(&((struct rs_sink_lines *)base)->file,
                                    bytes, n_bytes, err);
}

enum rs_status rs_sink_lines_finish(struct rs_sink *base,
                                    const struct rs_tally *tally,
                                    struct rs_error *err)
{
    (void)tally;
    return rs_packfile_finish(&((struct rs_sink_lines *)base)->file, err);
}

void rs_sink_lines_abandon(struct rs_sink *base, const struct rs_tally *tally)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;

    (void)tally;
    lines->tiles_left = rs_packfile_abandon(&lines->file);
}

enum rs_status rs_sink_lines_settle(struct rs_sink *base, uint64_t n_tiles,
                                    struct rs_error *err)
{
    (void)err;
    rs_packfile_mark(&((struct rs_sink_lines *)base)->file, n_tiles);
    return RS_OK;
}

uint64_t rs_sink_lines_left(const struct rs_sink *base)
{
    return ((const struct rs_sink_lines *)base)->tiles_left;
}

const char *rs_sink_lines_partial(const struct rs_sink *base)
{
    const struct rs_outfile *file =
        &((const struct rs_sink_lines *)base)->file.file;

    return file->n_bytes == 0 ? NULL : file->partial;
}

/* ---- the texts ------------------------------------------------------- */

enum rs_status rs_scrap_new(struct rs_scrap *out, size_t most,
                            struct rs_error *err)
{
    out->len = 0;
    out->text = rs_alloc(most < RS_SCRAP ? RS_SCRAP : most, 1, err);
    return out->text == NULL ? RS_ERR_NOMEM : RS_OK;
}

static enum rs_status prepare_columns(struct rs_sink_lines *lines,
                                      struct rs_error *err)
{
    const struct rs_sink_config *config = &lines->config;
    bool terms = config->rows == RS_ROWS_TERMS;
    const enum rs_field *fields = terms ? config->terms : config->fields;

    lines->titles = terms ? config->terms_names : config->names;
    lines->n_columns = terms ? config->n_terms : config->n_fields;
    lines->columns = rs_alloc(lines->n_columns, sizeof *lines->columns, err);
    if (lines->columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < lines->n_columns; i++)
        lines->columns[i] = rs_row_column_of(fields[i]);
    lines->fixed_bound += lines->n_columns * RS_NUMTEXT_MAX;
    return RS_OK;
}

static enum rs_status prepare_names(struct rs_sink_lines *lines,
                                    rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_sink_config *config = &lines->config;
    enum rs_status status =
        make(&lines->model, config->model_name, config, err);

    lines->names = rs_alloc(config->data->n_columns, sizeof *lines->names, err);
    if (lines->names == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < config->data->n_columns && status == RS_OK; j++)
        status =
            make(&lines->names[j], config->data->columns[j].name, config, err);
    lines->fixed_bound += lines->model.len;
    return status;
}

static size_t longer(size_t longest, const struct rs_scrap *scrap)
{
    return scrap->len > longest ? scrap->len : longest;
}

static enum rs_status prepare_terms(struct rs_sink_lines *lines,
                                    rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_sink_config *config = &lines->config;
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (config->n_term_texts == 0)
        return RS_OK;
    lines->terms = rs_alloc(config->n_term_texts, sizeof *lines->terms, err);
    if (lines->terms == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < config->n_term_texts && status == RS_OK; k++) {
        if (k == RS_TERM_X)
            continue;
        status = make(&lines->terms[k], config->term_texts[k], config, err);
        longest = longer(longest, &lines->terms[k]);
    }
    lines->fixed_bound += longest;
    return status;
}

static enum rs_status prepare_outcomes(struct rs_sink_lines *lines,
                                       rs_scrap_maker *make,
                                       struct rs_error *err)
{
    enum rs_status status = RS_OK;
    size_t longest = 0;

    for (size_t i = 0; i < RS_FIT_N_OUTCOMES && status == RS_OK; i++) {
        status = make(&lines->outcomes[i], rs_outcome_name((enum rs_outcome)i),
                      &lines->config, err);
        longest = longer(longest, &lines->outcomes[i]);
    }
    lines->fixed_bound += longest;
    return status;
}

enum rs_status rs_sink_lines_init(struct rs_sink_lines *lines,
                                  const struct rs_sink_config *config,
                                  rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_outfile_options file = rs_sink_outfile(config);
    enum rs_status status =
        rs_packfile_init(&lines->file, &file, config->packing, err);

    lines->base.packing = config->packing;
    lines->config = *config;
    if (status == RS_OK)
        status = prepare_columns(lines, err);
    if (status == RS_OK)
        status = prepare_names(lines, make, err);
    if (status == RS_OK)
        status = prepare_terms(lines, make, err);
    if (status == RS_OK)
        status = prepare_outcomes(lines, make, err);
    return status;
}

static void clear_scraps(struct rs_scrap *scraps, size_t n)
{
    for (size_t i = 0; scraps != NULL && i < n; i++)
        free(scraps[i].text);
}

void rs_sink_lines_clear(struct rs_sink_lines *lines)
{
    rs_packfile_clear(&lines->file);
    clear_scraps(lines->names, lines->config.data->n_columns);
    clear_scraps(lines->terms, lines->config.n_term_texts);
    clear_scraps(lines->outcomes, RS_FIT_N_OUTCOMES);
    free(lines->names);
    free(lines->terms);
    free(lines->columns);
    free(lines->model.text);
}
