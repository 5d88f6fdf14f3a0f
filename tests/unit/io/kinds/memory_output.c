/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_output.h"

#include "mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 4096, LINE_ENDS = 40 };

struct memory_sink {
    struct rs_sink base;
    struct rs_sink_config config;
    char text[ROOM];
    size_t used;
    size_t settled; /* bytes of whole tiles */
    uint64_t tiles;
};

static size_t row_bound(const struct rs_sink *base, size_t y, size_t x)
{
    const struct memory_sink *sink = (const struct memory_sink *)base;
    const struct rs_column *columns = sink->config.rows.data->columns;

    return strlen(columns[y].name) + strlen(columns[x].name) + LINE_ENDS;
}

static size_t encode(const struct rs_sink *base, char *out,
                     const struct rs_row *row)
{
    const struct memory_sink *sink = (const struct memory_sink *)base;
    const struct rs_column *columns = sink->config.rows.data->columns;

    return (size_t)snprintf(out, row_bound(base, row->y, row->x), "%s~%s %g\n",
                            columns[row->y].name, columns[row->x].name,
                            row->fit->beta);
}

static enum rs_status open_memory(struct rs_sink *base, struct rs_error *err)
{
    (void)base;
    (void)err;
    return RS_OK;
}

static enum rs_status write_memory(struct rs_sink *base, const void *bytes,
                                   size_t n_bytes, struct rs_error *err)
{
    struct memory_sink *sink = (struct memory_sink *)base;

    if (n_bytes >= ROOM - sink->used)
        return rs_error_set(err, RS_ERR_WRITE, "memory: no room");
    memcpy(sink->text + sink->used, bytes, n_bytes);
    sink->used += n_bytes;
    return RS_OK;
}

static enum rs_status settle(struct rs_sink *base, uint64_t n_tiles,
                             struct rs_error *err)
{
    struct memory_sink *sink = (struct memory_sink *)base;

    (void)err;
    sink->settled = sink->used;
    sink->tiles = n_tiles;
    return RS_OK;
}

static enum rs_status finish(struct rs_sink *base, const struct rs_tally *tally,
                             struct rs_error *err)
{
    (void)tally;
    return settle(base, ((struct memory_sink *)base)->tiles, err);
}

static void abandon(struct rs_sink *base, const struct rs_tally *tally)
{
    struct memory_sink *sink = (struct memory_sink *)base;

    (void)tally;
    sink->used = sink->settled;
}

static const char *partial(const struct rs_sink *base)
{
    return ((const struct memory_sink *)base)->config.place.path;
}

static uint64_t left(const struct rs_sink *base, uint64_t *n_rows)
{
    *n_rows = 0;
    return ((const struct memory_sink *)base)->tiles;
}

static void free_memory(struct rs_sink *base)
{
    free(base);
}

static const struct rs_sink_ops ops = {
    .row_bound = row_bound,
    .encode = encode,
    .open = open_memory,
    .write = write_memory,
    .settle = settle,
    .finish = finish,
    .abandon = abandon,
    .partial = partial,
    .left = left,
    .free = free_memory,
};

const char *memory_output_text(const struct rs_sink *sink)
{
    struct memory_sink *memory = (struct memory_sink *)sink;

    memory->text[memory->settled] = '\0';
    return memory->text;
}

static enum rs_status check(const struct rs_sink_config *config,
                            struct rs_error *err)
{
    return config->place.path[0] != '\0'
               ? RS_OK
               : rs_error_set(err, RS_ERR_USAGE, "memory: without a name");
}

static enum rs_status make(struct rs_sink **out,
                           const struct rs_sink_config *config,
                           struct rs_error *err)
{
    struct memory_sink *sink = rs_alloc(1, sizeof *sink, err);

    *out = NULL;
    if (sink == NULL)
        return RS_ERR_NOMEM;
    sink->base.ops = &ops;
    sink->config = *config;
    *out = &sink->base;
    return RS_OK;
}

static const char *const marks[] = {"memory:", NULL};

const struct rs_output_kind memory_output = {
    .name = "memory",
    .what = "a piece of memory",
    .marks = marks,
    .can = RS_OUTPUT_ROWS,
    .check = check,
    .make = make,
};
