/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink_lines.h"

#include "clock.h"
#include "dropped_text.h"
#include "mem.h"
#include "numtext.h"

#include <stdlib.h>

/* ---- operations -------------------------------------------------- */

size_t rs_sink_lines_row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    const struct rs_sink_lines *lines = (const struct rs_sink_lines *)base;

    /* x is the name of a term, too */
    return lines->fixed_bound + lines->names[y].len + 2 * lines->names[x].len;
}

/* The end of the row that begins at bytes; NULL: it is not whole. */
static const char *row_end(const struct rs_sink_lines *lines, const char *bytes,
                           const char *end)
{
    bool quoted = false;

    if (!lines->breaks) {
        const char *at = memchr(bytes, '\n', (size_t)(end - bytes));
        return at == NULL ? NULL : at + 1;
    }
    for (; bytes < end; bytes++) {
        quoted ^= *bytes == '"'; /* a doubled one changes nothing */
        if (*bytes == '\n' && !quoted)
            return bytes + 1;
    }
    return NULL;
}

/* Counts the whole rows between begin and end; returns the end of the last. */
static const char *count_rows(struct rs_sink_lines *lines, const char *begin,
                              const char *end)
{
    const char *next = row_end(lines, begin, end);

    while (next != NULL) {
        lines->n_loose++;
        begin = next;
        next = row_end(lines, begin, end);
    }
    return begin;
}

/* What is there may have to be counted: a pipe gives nothing back. */
static bool is_direct(const struct rs_sink_lines *lines)
{
    return lines->file.file.partial == NULL && lines->base.packing == NULL;
}

/* A write of n_bytes was broken off behind the first `done`. The row that is
 * cut is taken back from a file; into a pipe it is sent to its end, if its
 * reader takes that soon: who reads rows gets whole ones. */
static void end_row(struct rs_sink_lines *lines, const char *bytes, size_t done,
                    size_t n_bytes)
{
    static const double patience = 0.2; /* seconds */
    struct rs_outfile *file = &lines->file.file;
    const char *cut = bytes + done;
    const char *begin = count_rows(lines, bytes, cut);
    const char *end = row_end(lines, begin, bytes + n_bytes);
    double until = rs_clock_now() + patience;
    struct rs_error ignored;
    enum rs_status status = RS_ERR_INTERRUPTED;

    if (rs_outfile_cut(file, file->n_bytes - (uint64_t)(cut - begin))) {
        lines->file.mark.n_bytes = file->n_bytes; /* whole rows */
        return;
    }
    if (end == NULL)
        return;
    while (status == RS_ERR_INTERRUPTED && cut < end &&
           rs_clock_now() < until) {
        uint64_t before = file->n_bytes;
        status = rs_outfile_write(file, cut, (size_t)(end - cut), &ignored);
        cut += file->n_bytes - before;
    }
    lines->n_loose += cut == end;
}

enum rs_status rs_sink_lines_write(struct rs_sink *base, const void *bytes,
                                   size_t n_bytes, struct rs_error *err)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;
    uint64_t before = lines->file.file.n_bytes;
    enum rs_status status =
        rs_packfile_write(&lines->file, bytes, n_bytes, err);

    if (status != RS_OK && is_direct(lines))
        end_row(lines, bytes, (size_t)(lines->file.file.n_bytes - before),
                n_bytes);
    return status;
}

void rs_sink_lines_unsettled(struct rs_sink *base, const void *bytes,
                             size_t n_bytes)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;

    if (is_direct(lines))
        (void)count_rows(lines, bytes, (const char *)bytes + n_bytes);
}

enum rs_status rs_sink_lines_settle(struct rs_sink *base, uint64_t n_tiles,
                                    struct rs_error *err)
{
    struct rs_sink_lines *lines = (struct rs_sink_lines *)base;

    (void)err;
    lines->n_loose = 0;
    rs_packfile_mark(&lines->file, n_tiles);
    return RS_OK;
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

    uint64_t before = lines->file.file.n_bytes;

    (void)tally;
    rs_packfile_abandon(&lines->file);
    if (lines->file.file.n_bytes < before) /* cut back to whole tiles */
        lines->n_loose = 0;
}

const char *rs_sink_lines_partial(const struct rs_sink *base)
{
    const struct rs_outfile *file =
        &((const struct rs_sink_lines *)base)->file.file;

    if (file->renamed)
        return file->path;
    return file->n_bytes == 0 ? NULL : file->partial;
}

uint64_t rs_sink_lines_left(const struct rs_sink *base, uint64_t *n_rows)
{
    const struct rs_sink_lines *lines = (const struct rs_sink_lines *)base;

    *n_rows = lines->n_loose;
    return lines->file.mark.number;
}

/* ---- rows -------------------------------------------------------- */

/* Names in quotes are put together without theirs, and have them as one. */
char *rs_sink_lines_dropped(char *out, const struct rs_sink_lines *lines,
                            const struct rs_row *row, const char *missing,
                            size_t len)
{
    const struct rs_dropped *dropped = row->dropped;
    bool quoted = false;

    if (dropped == NULL || dropped->n == 0) {
        memcpy(out, missing, len);
        return out + len;
    }
    for (size_t k = 0; k < dropped->n; k++)
        quoted = quoted || lines->names[dropped->columns[k]].text[0] == '"';
    if (quoted)
        *out++ = '"';
    for (size_t k = 0; k < dropped->n; k++) {
        const struct rs_scrap *name = &lines->names[dropped->columns[k]];
        size_t ends = name->text[0] == '"' ? 1 : 0;
        if (k > 0)
            *out++ = RS_DROPPED_BETWEEN;
        memcpy(out, name->text + ends, name->len - 2 * ends);
        out += name->len - 2 * ends;
    }
    if (quoted)
        *out++ = '"';
    return out;
}

/* ---- the texts --------------------------------------------------- */

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
    const struct rs_rows_shape *rows = &lines->rows;
    const struct rs_row_columns *columns =
        rows->which == RS_ROWS_TERMS ? &rows->terms : &rows->pairs;

    lines->titles = columns->names;
    lines->n_columns = columns->n;
    lines->columns = rs_alloc(lines->n_columns, sizeof *lines->columns, err);
    if (lines->columns == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < lines->n_columns; i++)
        lines->columns[i] = rs_row_column_of(columns->fields[i]);
    lines->fixed_bound += lines->n_columns * RS_NUMTEXT_MAX;
    return RS_OK;
}

static enum rs_status prepare_names(struct rs_sink_lines *lines,
                                    rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_rows_shape *rows = &lines->rows;
    enum rs_status status = make(&lines->model, rows->model_name, lines, err);

    lines->names = rs_alloc(rows->data->n_columns, sizeof *lines->names, err);
    if (lines->names == NULL)
        return RS_ERR_NOMEM;
    for (size_t j = 0; j < rows->data->n_columns && status == RS_OK; j++)
        status =
            make(&lines->names[j], rows->data->columns[j].name, lines, err);
    lines->fixed_bound += lines->model.len;
    return status;
}

static void clear_scraps(struct rs_scrap *scraps, size_t n)
{
    for (size_t i = 0; scraps != NULL && i < n; i++)
        free(scraps[i].text);
}

static bool has_break(const struct rs_scrap *scraps, size_t n)
{
    for (size_t i = 0; scraps != NULL && i < n; i++)
        if (scraps[i].text != NULL &&
            memchr(scraps[i].text, '\n', scraps[i].len) != NULL)
            return true;
    return false;
}

static size_t longer(size_t longest, const struct rs_scrap *scrap)
{
    return scrap->len > longest ? scrap->len : longest;
}

/* Appends bytes, of which there is room for most. */
static void append(struct rs_scrap *out, const char *bytes, size_t len)
{
    memcpy(out->text + out->len, bytes, len);
    out->len += len;
}

/* The texts of a column of labels as they stand in the output; NULL without
 * memory. Owns: clear_scraps of n_texts, and free. */
static struct rs_scrap *make_texts(const struct rs_sink_lines *lines,
                                   const struct rs_label_column *column,
                                   rs_scrap_maker *make, struct rs_error *err)
{
    struct rs_scrap *texts = rs_alloc(column->n_texts, sizeof *texts, err);
    enum rs_status status = texts == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t k = 0; k < column->n_texts && status == RS_OK; k++)
        status = make(&texts[k], column->texts[k], lines, err);
    if (status == RS_OK)
        return texts;
    clear_scraps(texts, column->n_texts);
    free(texts);
    return NULL;
}

/* Adds the label of a column to what all parts have so far. */
static enum rs_status add_label(struct rs_sink_lines *lines, size_t column,
                                const struct rs_scrap *texts,
                                const struct rs_scrap *before, char behind,
                                struct rs_error *err)
{
    const struct rs_labels *labels = &lines->rows.labels;

    for (size_t i = 0; i < labels->n_parts; i++) {
        struct rs_scrap *lead = &lines->leads[i];
        const struct rs_scrap *text =
            &texts[labels->codes[i * labels->n + column]];
        size_t most = lead->len + text->len + 1 + RS_SCRAP +
                      (before == NULL ? 0 : before->len);
        char *longer = realloc(lead->text, most);
        if (longer == NULL)
            return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        lead->text = longer;
        if (before != NULL)
            append(lead, before->text, before->len);
        append(lead, text->text, text->len);
        append(lead, &behind, behind == '\0' ? 0 : 1);
        memset(lead->text + lead->len, 0, most - lead->len);
    }
    return RS_OK;
}

enum rs_status rs_sink_lines_label(struct rs_sink_lines *lines,
                                   rs_scrap_maker *make,
                                   const struct rs_scrap *before, char behind,
                                   struct rs_error *err)
{
    const struct rs_labels *labels = &lines->rows.labels;
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (labels->n == 0)
        return RS_OK;
    lines->leads = rs_alloc(labels->n_parts, sizeof *lines->leads, err);
    if (lines->leads == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < labels->n && status == RS_OK; k++) {
        const struct rs_label_column *column = &labels->columns[k];
        struct rs_scrap *texts = make_texts(lines, column, make, err);
        if (texts == NULL)
            return RS_ERR_NOMEM;
        status = add_label(lines, k, texts, before == NULL ? NULL : &before[k],
                           behind, err);
        lines->breaks = lines->breaks || has_break(texts, column->n_texts);
        clear_scraps(texts, column->n_texts);
        free(texts);
    }
    for (size_t i = 0; i < labels->n_parts; i++)
        longest = longer(longest, &lines->leads[i]);
    lines->fixed_bound += longest + RS_SCRAP;
    return status;
}

static enum rs_status prepare_terms(struct rs_sink_lines *lines,
                                    rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_rows_shape *rows = &lines->rows;
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (rows->n_term_texts == 0)
        return RS_OK;
    lines->terms = rs_alloc(rows->n_term_texts, sizeof *lines->terms, err);
    if (lines->terms == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < rows->n_term_texts && status == RS_OK; k++) {
        if (k == RS_TERM_X)
            continue;
        status = make(&lines->terms[k], rows->term_texts[k], lines, err);
        longest = longer(longest, &lines->terms[k]);
    }
    lines->fixed_bound += longest;
    return status;
}

/* The texts of `level` or `reference`; those of others are left NULL. */
static enum rs_status prepare_levels(struct rs_scrap **out,
                                     struct rs_sink_lines *lines,
                                     enum rs_row_source source,
                                     rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_rows_shape *rows = &lines->rows;
    size_t n = rs_level_text_count(rows);
    enum rs_status status = RS_OK;
    size_t longest = 0;

    if (!rs_level_text_wanted(rows, source))
        return RS_OK;
    *out = rs_alloc(n, sizeof **out, err);
    if (*out == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        const char *text = rs_level_text(rows, source, i);
        if (text != NULL)
            status = make(&(*out)[i], text, lines, err);
        longest = longer(longest, &(*out)[i]);
    }
    lines->fixed_bound += longest;
    lines->breaks = lines->breaks || has_break(*out, n);
    return status;
}

/* Room for the names of all covariates. */
static void prepare_dropped(struct rs_sink_lines *lines)
{
    size_t longest = 0;

    if (!rs_dropped_wanted(&lines->rows))
        return;
    for (size_t j = 0; j < lines->rows.data->n_columns; j++)
        longest = longer(longest, &lines->names[j]);
    lines->fixed_bound += lines->rows.n_covariates * (longest + 1) + 2;
}

static enum rs_status prepare_outcomes(struct rs_sink_lines *lines,
                                       rs_scrap_maker *make,
                                       struct rs_error *err)
{
    enum rs_status status = RS_OK;
    size_t longest = 0;

    for (size_t i = 0; i < RS_FIT_N_OUTCOMES && status == RS_OK; i++) {
        status = make(&lines->outcomes[i], rs_outcome_name((enum rs_outcome)i),
                      lines, err);
        longest = longer(longest, &lines->outcomes[i]);
    }
    lines->fixed_bound += longest;
    return status;
}

enum rs_status rs_sink_lines_check(const struct rs_sink_config *config,
                                   struct rs_error *err)
{
    struct rs_outfile probe;
    const struct rs_outfile_options options = rs_place_outfile(&config->place);
    enum rs_status status = rs_outfile_init(&probe, &options, err);

    if (status == RS_OK)
        rs_outfile_clear(&probe);
    return status;
}

enum rs_status rs_sink_lines_init(struct rs_sink_lines *lines,
                                  const struct rs_sink_config *config,
                                  rs_scrap_maker *make, struct rs_error *err)
{
    const struct rs_outfile_options file = rs_place_outfile(&config->place);
    enum rs_status status =
        rs_packfile_init(&lines->file, &file, config->place.packing, err);

    lines->base.packing = config->place.packing;
    lines->rows = config->rows;
    if (status == RS_OK)
        status = prepare_columns(lines, err);
    if (status == RS_OK)
        status = prepare_names(lines, make, err);
    if (status == RS_OK)
        status = prepare_terms(lines, make, err);
    if (status == RS_OK)
        status = prepare_outcomes(lines, make, err);
    if (status == RS_OK)
        prepare_dropped(lines);
    lines->breaks = has_break(lines->names, config->rows.data->n_columns) ||
                    has_break(lines->terms, config->rows.n_term_texts);
    if (status == RS_OK)
        status =
            prepare_levels(&lines->levels, lines, RS_FROM_LEVEL, make, err);
    if (status == RS_OK)
        status = prepare_levels(&lines->references, lines, RS_FROM_REFERENCE,
                                make, err);
    return status;
}

void rs_sink_lines_clear(struct rs_sink_lines *lines)
{
    rs_packfile_clear(&lines->file);
    clear_scraps(lines->leads, lines->rows.labels.n_parts);
    clear_scraps(lines->names, lines->rows.data->n_columns);
    clear_scraps(lines->terms, lines->rows.n_term_texts);
    clear_scraps(lines->levels, rs_level_text_count(&lines->rows));
    clear_scraps(lines->references, rs_level_text_count(&lines->rows));
    clear_scraps(lines->outcomes, RS_FIT_N_OUTCOMES);
    free(lines->leads);
    free(lines->names);
    free(lines->terms);
    free(lines->levels);
    free(lines->references);
    free(lines->columns);
    free(lines->model.text);
}
