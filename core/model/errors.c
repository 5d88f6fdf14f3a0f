/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include "mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct rs_errors_kind classical = {.name = "classical"};

extern const struct rs_errors_kind rs_errors_hc0;
extern const struct rs_errors_kind rs_errors_hc1;
extern const struct rs_errors_kind rs_errors_hc2;
extern const struct rs_errors_kind rs_errors_hc3;
extern const struct rs_errors_kind rs_errors_hc4;
extern const struct rs_errors_kind rs_errors_cluster;
extern const struct rs_errors_kind rs_errors_hac;

static const struct rs_errors_kind *const kinds[] = {
    &classical,     &rs_errors_hc0, &rs_errors_hc1,     &rs_errors_hc2,
    &rs_errors_hc3, &rs_errors_hc4, &rs_errors_cluster, &rs_errors_hac,
};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

const struct rs_errors_kind *rs_errors_find(const char *name)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

void rs_errors_names(char *out, size_t room)
{
    size_t used = 0;

    for (size_t i = 0; i < N_KINDS && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s",
                                 i == 0 ? "" : ", ", kinds[i]->name);
}

const struct rs_errors_kind *rs_errors_of(const struct rs_spec *spec)
{
    return spec->errors == NULL ? &classical : spec->errors;
}

size_t rs_errors_columns(size_t *out, const struct rs_spec *spec)
{
    const struct rs_errors_ask *ask = spec->errors_ask;
    size_t n = 0;

    if (ask == NULL)
        return 0;
    for (size_t i = 0; i < ask->n_clusters; i++)
        out[n++] = ask->clusters[i];
    if (ask->time != RS_NO_COLUMN)
        out[n++] = ask->time;
    return n;
}

/* ---- room -------------------------------------------------------- */

/* Rows of numbers of n each, one behind the other from `at`. */
static double *lay_out(double **out, double *at, size_t n_rows, size_t n)
{
    for (size_t k = 0; k < n_rows; k++)
        out[k] = at + k * n;
    return at + n_rows * n;
}

static struct rs_dd *lay_out_pairs(struct rs_dd **out, struct rs_dd *at,
                                   size_t n_rows, size_t n)
{
    for (size_t k = 0; k < n_rows; k++)
        out[k] = at + k * n;
    return at + n_rows * n;
}

enum rs_status rs_errors_room_init(struct rs_errors_room *room,
                                   const struct rs_spec *spec, size_t n_max,
                                   size_t most, struct rs_error *err)
{
    size_t n_scores = 0;
    double *number = NULL;
    struct rs_dd *pair = NULL;

    memset(room, 0, sizeof *room);
    room->kind = rs_errors_of(spec);
    n_scores = room->kind->by_sums ? most : 0;
    room->numbers =
        rs_alloc((most + 4) * n_max + most * (most + 1), sizeof(double), err);
    room->pairs = rs_alloc((most + n_scores + 2) * n_max, sizeof *pair, err);
    room->u = rs_alloc(most, sizeof *room->u, err);
    room->own = rs_alloc(2 * most, sizeof(struct rs_dd *), err);
    room->row = rs_alloc(n_max, sizeof *room->row, err);
    if (room->numbers == NULL || room->pairs == NULL || room->u == NULL ||
        room->own == NULL || room->row == NULL)
        return RS_ERR_NOMEM;
    number = lay_out(room->u, room->numbers, most, n_max);
    room->e = number;
    room->left = room->e + n_max;
    room->base = room->left + n_max;
    room->times = room->base + n_max;
    room->norm = room->times + n_max;
    room->meat = room->norm + most;
    pair = lay_out_pairs(room->own, room->pairs, most, n_max);
    room->score = n_scores == 0 ? NULL : room->own + most;
    pair = lay_out_pairs(room->own + most, pair, n_scores, n_max);
    room->rest = pair;
    room->levels = room->rest + n_max;
    return room->kind->open == NULL
               ? RS_OK
               : room->kind->open(&room->state, spec, most, err);
}

void rs_errors_room_clear(struct rs_errors_room *room)
{
    if (room->kind != NULL && room->kind->close != NULL)
        room->kind->close(room->state);
    free(room->numbers);
    free(room->pairs);
    free(room->u);
    free(room->own);
    free(room->row);
    memset(room, 0, sizeof *room);
}

/* ---- covariance -------------------------------------------------- */

static void find_scores(struct rs_errors_room *room,
                        const struct rs_errors_fit *fit)
{
    for (size_t k = 0; k < fit->n_estimates; k++)
        for (size_t i = 0; i < fit->n; i++) {
            struct rs_dd score = rs_dd_mul(room->own[k][i], room->rest[i]);
            if (fit->weight != NULL)
                score = rs_dd_scale(score, fit->weight[i]);
            room->score[k][i] = score;
        }
}

enum rs_outcome rs_errors_covariance(double *out, double *df,
                                     struct rs_errors_room *room,
                                     const struct rs_errors_fit *fit)
{
    const struct rs_errors_rows rows = {.u = room->u,
                                        .norm = room->norm,
                                        .n_estimates = fit->n_estimates,
                                        .e = room->e,
                                        .left = room->left,
                                        .score = room->score,
                                        .times =
                                            fit->counts ? room->times : NULL,
                                        .row = room->row,
                                        .n = fit->n,
                                        .n_all = fit->n_all,
                                        .k = fit->k};
    size_t n = fit->n_estimates;
    enum rs_outcome outcome = RS_FIT_OK;

    if (room->score != NULL)
        find_scores(room, fit);
    *df = fit->n_all - fit->k;
    outcome = room->kind->meat(out, df, room->state, &rows);
    for (size_t k = 0; k < n && outcome == RS_FIT_OK; k++)
        for (size_t l = 0; l < n; l++)
            out[k * n + l] = out[k * n + l] / room->norm[k] / room->norm[l];
    return outcome;
}
