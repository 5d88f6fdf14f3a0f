/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_words.h"
#include "csv_internal.h"
#include "level_set.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What all threads of a load share. */
struct factor_load {
    struct rs_csv *csv;
    struct rs_dataset *data;
    const struct rs_factors_ask *ask;
    size_t *place; /* [csv->n_columns] index into ask->columns, or SIZE_MAX */
    struct rs_level_set *sets; /* [set_count x ask->n] one a chunk; where there
                                  is a limit, which few columns may keep, one
                                  for all chunks */
    pthread_mutex_t lock;      /* of these, where they are of all chunks */
    struct rs_error *errors;   /* [n_chunks] */
};

struct chunk_factors {
    struct factor_load *load;
    struct rs_level_set *sets; /* [ask->n] of this chunk */
    const struct rs_chunk *chunk;
    uint64_t row;
    struct rs_error *error;
};

/* How many sets there are for each column. */
static size_t set_count(const struct factor_load *load)
{
    return load->ask->most > 0 ? 1 : load->csv->n_chunks;
}

static struct rs_column *column_at(const struct factor_load *load, size_t place)
{
    return &load->data->columns[load->ask->columns[place]];
}

static void on_field(void *ctx, size_t field, const char *text, size_t len)
{
    struct chunk_factors *self = ctx;
    struct factor_load *load = self->load;
    size_t place = field < load->csv->n_columns ? load->place[field] : SIZE_MAX;
    char room[RS_CELL_ROOM];
    const char *level = NULL;

    if (place == SIZE_MAX || self->row >= load->data->n_rows)
        return;
    level =
        rs_cell_level(&len, room, rs_cell_reader_of(&load->csv->cells, field),
                      self->sets[place].rule, text);
    column_at(load, place)->factor->codes[self->row] =
        level == NULL
            ? -1
            : rs_level_set_code(&self->sets[place], level, len, self->error);
}

static bool on_record(void *ctx, uint64_t record)
{
    struct chunk_factors *self = ctx;

    (void)record;
    self->row++;
    return self->error->status == RS_OK;
}

/* Reads a chunk to its sets. */
static void read_chunk(struct chunk_factors *self)
{
    const struct rs_csv *csv = self->load->csv;
    const struct rs_chunk *chunk = self->chunk;
    const struct rs_csv_visitor visitor = {self, on_field, on_record, NULL};
    struct rs_csv_fault fault;
    char *buffer = rs_alloc(csv->block_bytes + RS_CSV_PAD, 1, self->error);

    if (buffer == NULL)
        return;
    (void)rs_csv_walk(csv, chunk->begin, chunk->end, csv->n_columns, buffer,
                      &visitor, &fault);
    free(buffer);
    if (fault.wrong == RS_CSV_RUN_ERROR)
        *self->error = fault.error;
    else if (self->error->status == RS_OK &&
             (fault.wrong != RS_CSV_FINE ||
              self->row != chunk->first_row + chunk->n_rows))
        (void)rs_error_set_os(self->error, RS_ERR_READ, csv->bytes.path, 0,
                              "the file changed while it was read");
}

/* From the codes of a chunk to those of the set or factor it went into. */
static void recode(const struct rs_level_set *set, struct rs_factor *factor,
                   const struct rs_chunk *chunk)
{
    int32_t *codes = factor->codes + chunk->first_row;

    for (uint64_t r = 0; r < chunk->n_rows; r++)
        codes[r] = rs_level_set_final(set, codes[r]);
}

/* The rule of a column, to its set. */
static void set_rule(struct rs_level_set *set, const struct factor_load *load,
                     size_t place)
{
    set->rule = column_at(load, place)->type == RS_TYPE_NUMERIC
                    ? RS_LEVEL_NUMBER
                    : RS_LEVEL_TEXT;
    set->decimal = load->csv->options.decimal;
    set->most = load->ask->most;
}

/* Moves the levels of a chunk to the sets of all. */
static void join_chunk(struct chunk_factors *self)
{
    struct factor_load *load = self->load;
    size_t n = load->ask->n;
    enum rs_status status = RS_OK;

    (void)pthread_mutex_lock(&load->lock);
    for (size_t k = 0; k < n && status == RS_OK; k++)
        status = rs_level_set_add(&load->sets[k], &self->sets[k], self->error);
    (void)pthread_mutex_unlock(&load->lock);
    for (size_t k = 0; k < n && status == RS_OK; k++)
        recode(&self->sets[k], column_at(load, k)->factor, self->chunk);
}

/* A chunk whose sets last until they are joined; columns that are over
 * already are not looked at. */
static void read_limited(struct chunk_factors *self)
{
    struct factor_load *load = self->load;
    size_t n = load->ask->n;

    self->sets = rs_alloc(n, sizeof *self->sets, self->error);
    if (self->sets == NULL)
        return;
    (void)pthread_mutex_lock(&load->lock);
    for (size_t k = 0; k < n; k++) {
        set_rule(&self->sets[k], load, k);
        self->sets[k].over = load->sets[k].over;
    }
    (void)pthread_mutex_unlock(&load->lock);
    read_chunk(self);
    if (self->error->status == RS_OK)
        join_chunk(self);
    for (size_t k = 0; k < n; k++)
        rs_level_set_clear(&self->sets[k]);
    free(self->sets);
}

static void factor_chunk(void *ctx, size_t ix)
{
    struct factor_load *load = ctx;
    const struct rs_chunk *chunk = &load->csv->chunks[ix];
    struct chunk_factors self = {
        .load = load,
        .chunk = chunk,
        .row = chunk->first_row,
        .error = &load->errors[ix],
    };

    if (load->ask->most > 0) {
        read_limited(&self);
    } else {
        self.sets = &load->sets[ix * load->ask->n];
        read_chunk(&self);
    }
}

/* From the codes of the sets to those of the factor, which goes where there
 * are more levels than there may be. */
static enum rs_status merge_levels(struct factor_load *load, size_t place,
                                   struct rs_error *err)
{
    const struct rs_csv *csv = load->csv;
    struct rs_column *column = column_at(load, place);
    struct rs_level_set *sets = &load->sets[place];
    size_t n_sets = set_count(load);
    enum rs_status status = RS_OK;

    if (sets->over) {
        rs_factor_free(column->factor);
        column->factor = NULL;
        return RS_OK;
    }
    status =
        rs_level_sets_merge(column->factor, sets, n_sets, load->ask->n, err);
    for (size_t i = 0; i < csv->n_chunks && status == RS_OK; i++)
        recode(&sets[n_sets == 1 ? 0 : i * load->ask->n], column->factor,
               &csv->chunks[i]);
    return status;
}

/* ---- the load ---------------------------------------------------- */

static enum rs_status new_factors(struct factor_load *load,
                                  struct rs_error *err)
{
    memset(load->place, 0xff, load->csv->n_columns * sizeof *load->place);
    for (size_t k = 0; k < load->ask->n; k++) {
        struct rs_column *column = column_at(load, k);
        rs_factor_free(column->factor);
        column->factor = rs_alloc(1, sizeof *column->factor, err);
        if (column->factor == NULL)
            return RS_ERR_NOMEM;
        column->factor->codes =
            rs_alloc(load->data->n_rows, sizeof(int32_t), err);
        if (column->factor->codes == NULL)
            return RS_ERR_NOMEM;
        load->place[column->file_ix] = k;
        for (size_t i = 0; i < set_count(load); i++)
            set_rule(&load->sets[i * load->ask->n + k], load, k);
    }
    return RS_OK;
}

static void clear_sets(struct factor_load *load)
{
    size_t n = load->sets == NULL ? 0 : set_count(load) * load->ask->n;

    for (size_t i = 0; i < n; i++)
        rs_level_set_clear(&load->sets[i]);
    free(load->sets);
}

enum rs_status rs_csv_load_factors(struct rs_csv *csv, struct rs_dataset *data,
                                   const struct rs_factors_ask *ask,
                                   struct rs_error *err)
{
    struct factor_load load = {.csv = csv, .data = data, .ask = ask};
    enum rs_status status = RS_ERR_NOMEM;

    (void)pthread_mutex_init(&load.lock, NULL);
    load.place = rs_alloc(csv->n_columns, sizeof *load.place, err);
    load.sets = rs_alloc(set_count(&load) * ask->n, sizeof *load.sets, err);
    load.errors = rs_alloc(csv->n_chunks, sizeof *load.errors, err);
    if (load.place == NULL || load.sets == NULL || load.errors == NULL)
        goto done;
    status = new_factors(&load, err);
    if (status != RS_OK)
        goto done;
    rs_csv_parallel(csv, csv->n_chunks, &load, factor_chunk);
    for (size_t i = 0; i < csv->n_chunks && status == RS_OK; i++) {
        status = load.errors[i].status;
        if (status != RS_OK && err != NULL)
            *err = load.errors[i];
    }
    for (size_t k = 0; k < ask->n && status == RS_OK; k++)
        status = merge_levels(&load, k, err);
done:
    clear_sets(&load);
    free(load.place);
    free(load.errors);
    (void)pthread_mutex_destroy(&load.lock);
    return status;
}
