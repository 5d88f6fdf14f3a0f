/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listed_pairs.h"

#include "mem.h"
#include "name_index.h"
#include "source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { Y, X, N_SIDES };

/* A list as it is read. */
struct reading {
    const char *path;
    const struct rs_table *table;
    unsigned n_threads;
    struct rs_name_index names; /* of the table */
    struct rs_source *source;
    size_t fields[N_SIDES]; /* columns of the file */
    struct rs_dataset *data;
    size_t *of[N_SIDES]; /* by level: position in the table; n_names: none */
};

/* ---- which columns ----------------------------------------------- */

static enum rs_status open_list(struct reading *self, bool has_header,
                                struct rs_error *err)
{
    const struct rs_source_options options = {
        .kind = "csv",
        .csv = {.decimal = '.',
                .has_header = has_header,
                .n_threads = self->n_threads}};

    return rs_source_open(&self->source, self->path, &options, err);
}

/* The column of a name; n_columns: there is none. */
static size_t find_field(const struct rs_source *source, const char *name)
{
    size_t i = 0;

    while (i < source->n_columns && strcmp(source->names[i], name) != 0)
        i++;
    return i;
}

static bool is_column(const struct reading *self, const char *name)
{
    return rs_name_index_find(&self->names, name, strlen(name)) < self->names.n;
}

static enum rs_status wrong_columns(const struct reading *self,
                                    struct rs_error *err)
{
    size_t n = self->source->n_columns;
    uint64_t line = self->source->header_line;

    if (n == 1 && strpbrk(self->source->names[0], " ,;") != NULL)
        return rs_error_set_at(
            err, RS_ERR_MALFORMED, self->path, line, 0,
            "{pairs}: a list of pairs has two columns, y and x, and this file "
            "has one, '%s'; commas, tabs, semicolons or | separate them",
            self->source->names[0]);
    if (n == 1)
        return rs_error_set_at(
            err, RS_ERR_MALFORMED, self->path, line, 0,
            "{pairs}: a list of pairs has two columns, y and x, and this file "
            "has one; names alone go after {y} and {x}");
    return rs_error_set_at(err, RS_ERR_MALFORMED, self->path, line, 0,
                           "{pairs}: none of the %zu columns are called y and "
                           "x; name them so, or leave two",
                           n);
}

/* Line 1 has one name of the table and another word: a header, or a pair? */
static enum rs_status doubtful(const struct reading *self, size_t other,
                               struct rs_error *err)
{
    return rs_error_set_at(err, RS_ERR_INCONSISTENT, self->path,
                           self->source->header_line, other + 1,
                           "{pairs}: no column '%s', while '%s' beside it is "
                           "one: correct it, or let the list begin with a "
                           "line y,x",
                           self->source->names[other],
                           self->source->names[1 - other]);
}

/* Two columns that are not called y and x: a header, or the first pair. */
static enum rs_status see_to_header(struct reading *self, struct rs_error *err)
{
    bool y = is_column(self, self->source->names[Y]);
    bool x = is_column(self, self->source->names[X]);

    if (y != x)
        return doubtful(self, y ? X : Y, err);
    if (!y)
        return RS_OK;
    if (strcmp(self->path, "-") == 0)
        return rs_error_set_at(err, RS_ERR_MALFORMED, self->path,
                               self->source->header_line, 0,
                               "{pairs}: the list has no header, which it "
                               "needs on standard input: y,x");
    rs_source_close(self->source);
    self->source = NULL;
    return open_list(self, false, err);
}

static enum rs_status find_fields(struct reading *self, struct rs_error *err)
{
    const struct rs_source *source = self->source;
    size_t y = find_field(source, "y");
    size_t x = find_field(source, "x");

    self->fields[Y] = y;
    self->fields[X] = x;
    if (y < source->n_columns && x < source->n_columns)
        return RS_OK;
    if (source->n_columns != N_SIDES)
        return wrong_columns(self, err);
    self->fields[Y] = Y;
    self->fields[X] = X;
    return see_to_header(self, err);
}

/* ---- which names ------------------------------------------------- */

/* Names are texts, whatever they look like. With a limit, which none reaches,
 * each is held once, and not by every piece of the file. */
static enum rs_status load(struct reading *self, struct rs_error *err)
{
    static const size_t both[N_SIDES] = {Y, X};
    const struct rs_factors_ask ask = {
        .columns = both, .n = N_SIDES, .most = SIZE_MAX};
    enum rs_status status =
        rs_source_load(&self->data, self->source, self->fields, N_SIDES, err);

    if (status != RS_OK)
        return status;
    for (size_t s = 0; s < N_SIDES; s++)
        self->data->columns[s].type = RS_TYPE_TEXT;
    return rs_source_load_factors(self->source, self->data, &ask, err);
}

static enum rs_status find_names(struct reading *self, size_t side,
                                 struct rs_error *err)
{
    const struct rs_factor *factor = self->data->columns[side].factor;

    self->of[side] = rs_alloc(factor->n_levels, sizeof(size_t), err);
    if (self->of[side] == NULL)
        return RS_ERR_NOMEM;
    for (size_t l = 0; l < factor->n_levels; l++) {
        const char *name = factor->levels[l];
        size_t at = rs_name_index_find(&self->names, name, strlen(name));
        bool twice =
            at < self->names.n &&
            (rs_name_index_twin(&self->names, at) < self->names.n ||
             rs_table_refuse_shared(self->table, at, "pairs", NULL) != RS_OK);
        self->of[side][l] = twice ? self->names.n : at;
    }
    return RS_OK;
}

/* What is wrong with a name, at its place. */
static enum rs_status refuse_name(const struct reading *self, uint64_t row,
                                  size_t side, struct rs_error *err)
{
    const struct rs_factor *factor = self->data->columns[side].factor;
    const char *name = factor->levels[factor->codes[row]];
    size_t n = self->names.n;
    size_t near = rs_names_nearest(name, self->names.names, n);
    uint64_t line = 0;
    size_t field = 0;
    enum rs_status status = rs_source_locate(&line, &field, self->source, row,
                                             self->fields[side], err);

    if (status != RS_OK)
        return status;
    status = RS_ERR_INCONSISTENT;
    if (name[0] == '\0')
        return rs_error_set_at(err, status, self->path, line, field,
                               "{pairs}: an empty name");
    if (is_column(self, name))
        return rs_error_set_at(err, status, self->path, line, field,
                               "{pairs}: several columns are called '%s'",
                               name);
    if (near < n)
        return rs_error_set_at(err, status, self->path, line, field,
                               "{pairs}: no column '%s'; did you mean '%s'?",
                               name, self->names.names[near]);
    return rs_error_set_at(err, status, self->path, line, field,
                           "{pairs}: no column '%s'", name);
}

/* The column of the table that a cell names; n_names: none. */
static size_t column_of(const struct reading *self, uint64_t row, size_t side)
{
    return self->of[side][self->data->columns[side].factor->codes[row]];
}

static enum rs_status check_names(const struct reading *self,
                                  struct rs_error *err)
{
    for (uint64_t row = 0; row < self->data->n_rows; row++)
        for (size_t s = 0; s < N_SIDES; s++)
            if (column_of(self, row, s) == self->names.n)
                return refuse_name(self, row, s, err);
    return RS_OK;
}

/* ---- y by y ------------------------------------------------------ */

/* Numbers the y, and counts the pairs of each; row_of [n_names] gets 1 + the
 * number of each. */
static enum rs_status count_pairs(struct rs_pair_list *out, size_t *row_of,
                                  const struct reading *self,
                                  struct rs_error *err)
{
    size_t n_levels = self->data->columns[Y].factor->n_levels;

    out->y = rs_alloc(n_levels, sizeof *out->y, err);
    out->starts = rs_alloc(n_levels + 2, sizeof *out->starts, err);
    if (out->y == NULL || out->starts == NULL)
        return RS_ERR_NOMEM;
    for (uint64_t row = 0; row < self->data->n_rows; row++) {
        size_t column = column_of(self, row, Y);
        if (row_of[column] == 0) {
            out->y[out->n_y] = column;
            row_of[column] = ++out->n_y;
        }
        out->starts[row_of[column] + 1]++;
    }
    for (size_t i = 0; i < out->n_y; i++)
        out->starts[i + 2] += out->starts[i + 1];
    return RS_OK;
}

/* Takes out what a y has twice; returns how many. seen [n_names] is 0. */
static uint64_t drop_repeated(struct rs_pair_list *list, size_t *seen)
{
    uint64_t n = 0;
    uint64_t at = 0;

    for (size_t i = 0; i < list->n_y; i++) {
        uint64_t end = list->starts[i + 1];
        list->starts[i] = n;
        for (; at < end; at++) {
            uint32_t x = list->x[at];
            if (seen[x] != i + 1)
                list->x[n++] = x;
            seen[x] = i + 1;
        }
    }
    list->starts[list->n_y] = n;
    return at - n;
}

static enum rs_status make_list(struct rs_listed_pairs *out,
                                const struct reading *self,
                                struct rs_error *err)
{
    struct rs_pair_list *list = &out->list;
    size_t n_names = self->names.n;
    size_t *row_of = rs_alloc(n_names, sizeof *row_of, err);
    enum rs_status status = RS_ERR_NOMEM;

    list->x = rs_alloc(self->data->n_rows, sizeof *list->x, err);
    if (row_of == NULL || list->x == NULL)
        goto done;
    status = count_pairs(list, row_of, self, err);
    if (status != RS_OK)
        goto done;
    for (uint64_t row = 0; row < self->data->n_rows; row++) {
        size_t y = row_of[column_of(self, row, Y)];
        list->x[list->starts[y]++] = (uint32_t)column_of(self, row, X);
    } /* each begins where the one before ends, now */
    memset(row_of, 0, n_names * sizeof *row_of);
    out->n_repeated = drop_repeated(list, row_of);
done:
    free(row_of);
    return status;
}

/* ---- the list ---------------------------------------------------- */

static void close_reading(struct reading *self)
{
    for (size_t s = 0; s < N_SIDES; s++)
        free(self->of[s]);
    rs_dataset_free(self->data);
    rs_source_close(self->source);
    rs_name_index_clear(&self->names);
}

enum rs_status rs_listed_pairs_read(struct rs_listed_pairs *out,
                                    const char *path,
                                    const struct rs_table *table,
                                    unsigned n_threads, struct rs_error *err)
{
    struct reading self = {
        .path = path, .table = table, .n_threads = n_threads};
    size_t n_names = rs_table_n_columns(table);
    enum rs_status status =
        rs_name_index_init(&self.names, rs_table_names(table), n_names, err);

    *out = (struct rs_listed_pairs){0};
    if (status == RS_OK && n_names >= UINT32_MAX)
        status = rs_error_set(err, RS_ERR_USAGE,
                              "{pairs}: too many columns for a list");
    if (status == RS_OK)
        status = open_list(&self, true, err);
    if (status == RS_OK)
        status = find_fields(&self, err);
    if (status == RS_OK)
        status = load(&self, err);
    for (size_t s = 0; s < N_SIDES && status == RS_OK; s++)
        status = find_names(&self, s, err);
    if (status == RS_OK)
        status = check_names(&self, err);
    if (status == RS_OK)
        status = make_list(out, &self, err);
    close_reading(&self);
    if (status != RS_OK)
        rs_listed_pairs_clear(out);
    return status;
}

void rs_listed_pairs_clear(struct rs_listed_pairs *pairs)
{
    free(pairs->list.y);
    free(pairs->list.starts);
    free(pairs->list.x);
    *pairs = (struct rs_listed_pairs){0};
}

/* ---- choices ----------------------------------------------------- */

/* A choice by column; NULL: no memory. */
static bool *marks_of(const struct rs_selection *selection, size_t n_names,
                      struct rs_error *err)
{
    bool *marks = rs_alloc(n_names, sizeof *marks, err);

    if (marks == NULL)
        return NULL;
    memset(marks, selection == NULL, n_names * sizeof *marks);
    for (size_t i = 0; selection != NULL && i < selection->n; i++)
        marks[selection->columns[i]] = true;
    return marks;
}

static void keep_chosen(struct rs_listed_pairs *pairs, const bool *y,
                        const bool *x)
{
    struct rs_pair_list *list = &pairs->list;
    size_t n_y = 0;
    uint64_t n = 0;
    uint64_t at = 0;

    for (size_t i = 0; i < list->n_y; i++) {
        uint64_t end = list->starts[i + 1];
        uint64_t first = n;
        for (; at < end; at++)
            if (y[list->y[i]] && x[list->x[at]])
                list->x[n++] = list->x[at];
        if (n == first)
            continue;
        list->y[n_y] = list->y[i];
        list->starts[n_y++] = first;
    }
    list->starts[n_y] = n;
    list->n_y = n_y;
    pairs->n_outside += at - n;
}

enum rs_status rs_listed_pairs_choose(struct rs_listed_pairs *pairs,
                                      const struct rs_selection *y,
                                      const struct rs_selection *x,
                                      size_t n_names, struct rs_error *err)
{
    bool *of_y = marks_of(y, n_names, err);
    bool *of_x = marks_of(x, n_names, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (of_y != NULL && of_x != NULL) {
        keep_chosen(pairs, of_y, of_x);
        status = pairs->list.n_y > 0
                     ? RS_OK
                     : rs_error_set(err, RS_ERR_USAGE,
                                    "{pairs}: no pair of the list is of "
                                    "{y} and {x}");
    }
    free(of_y);
    free(of_x);
    return status;
}

enum rs_status rs_listed_pairs_columns(struct rs_selection *y,
                                       struct rs_selection *x,
                                       const struct rs_listed_pairs *pairs,
                                       size_t n_names, struct rs_error *err)
{
    const struct rs_pair_list *list = &pairs->list;
    bool *seen = rs_alloc(n_names, sizeof *seen, err);
    enum rs_status status = seen == NULL ? RS_ERR_NOMEM : RS_OK;

    rs_selection_clear(y);
    rs_selection_clear(x);
    if (status == RS_OK)
        status = rs_selection_reserve(y, list->n_y, err);
    if (status == RS_OK)
        status = rs_selection_reserve(x, n_names, err);
    for (size_t i = 0; i < list->n_y && status == RS_OK; i++)
        rs_selection_add(y, list->y[i], false);
    for (uint64_t k = 0; status == RS_OK && k < list->starts[list->n_y]; k++) {
        if (!seen[list->x[k]])
            rs_selection_add(x, list->x[k], false);
        seen[list->x[k]] = true;
    }
    free(seen);
    return status;
}

enum rs_status rs_listed_pairs_note(struct rs_notices *notices,
                                    const struct rs_listed_pairs *pairs,
                                    struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (pairs->n_repeated > 0)
        status = rs_notices_add(notices, RS_NOTICE_NOTE, err,
                                "{pairs}: %" PRIu64 " of the list %s there "
                                "again; each is fitted once",
                                pairs->n_repeated,
                                pairs->n_repeated == 1 ? "is" : "are");
    if (status == RS_OK && pairs->n_outside > 0)
        status = rs_notices_add(notices, RS_NOTICE_NOTE, err,
                                "{pairs}: %" PRIu64 " of the list left out: "
                                "not of {y} and {x}",
                                pairs->n_outside);
    return status;
}
