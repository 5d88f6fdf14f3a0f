/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include "mem.h"

#include <math.h>
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
extern const struct rs_errors_kind rs_errors_survey;

static const struct rs_errors_kind *const kinds[] = {
    &classical,         &rs_errors_hc0, &rs_errors_hc1,
    &rs_errors_hc2,     &rs_errors_hc3, &rs_errors_hc4,
    &rs_errors_cluster, &rs_errors_hac, &rs_errors_survey,
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
        if ((kinds[i]->asks & RS_ERRORS_OF_DESIGN) == 0)
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
    if (ask->strata != RS_NO_COLUMN)
        out[n++] = ask->strata;
    if (ask->psu != RS_NO_COLUMN)
        out[n++] = ask->psu;
    return n;
}

/* ---- room -------------------------------------------------------- */

enum rs_status rs_errors_room_init(struct rs_errors_room *room,
                                   const struct rs_spec *spec, size_t n_max,
                                   size_t most, struct rs_error *err)
{
    size_t n = most + 1;
    size_t sets = 0; /* of double-doubles: own, and maybe scores */

    memset(room, 0, sizeof *room);
    room->kind = rs_errors_of(spec);
    sets = room->kind->by_sums ? 2 : 1;
    room->most = most;
    room->numbers =
        rs_alloc((n + 6) * n_max + n * (n + 1), sizeof(double), err);
    room->pairs = rs_alloc((sets * n + 2) * n_max, sizeof *room->pairs, err);
    room->u = rs_alloc(n, sizeof *room->u, err);
    room->own = rs_alloc(2 * n, sizeof(struct rs_dd *), err);
    room->row = rs_alloc(n_max, sizeof *room->row, err);
    if (room->numbers == NULL || room->pairs == NULL || room->u == NULL ||
        room->own == NULL || room->row == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < n; k++) {
        room->u[k] = room->numbers + k * n_max;
        room->own[k] = room->pairs + k * n_max;
        room->own[n + k] = sets < 2 ? NULL : room->own[k] + n * n_max;
    }
    room->score = sets < 2 ? NULL : room->own + n;
    room->rest = room->pairs + sets * n * n_max;
    room->levels = room->rest + n_max;
    room->e = room->numbers + n * n_max;
    room->left = room->e + n_max;
    room->base = room->left + n_max;
    room->times = room->base + n_max;
    room->level_hi = room->times + n_max;
    room->level_lo = room->level_hi + n_max;
    room->norm = room->level_lo + n_max;
    room->meat = room->norm + n;
    return room->kind->open == NULL
               ? RS_OK
               : room->kind->open(&room->state, spec, n, err);
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

/* A score that is a smaller part than this of all together is 0: of a row that
 * other columns explain double-doubles leave their rounding, and the sums of
 * all others may be 0. */
static const double no_score = 0x1p-80;

static void clean(struct rs_dd *scores, size_t n)
{
    double all = 0.0;

    for (size_t i = 0; i < n; i++)
        all += fabs(scores[i].hi);
    for (size_t i = 0; i < n; i++)
        if (fabs(scores[i].hi) <= no_score * all)
            scores[i] = rs_dd_of(0.0);
}

static void find_scores(struct rs_errors_room *room,
                        const struct rs_errors_fit *fit)
{
    const double *times = fit->counts ? room->times : fit->weight;

    for (size_t k = fit->first; k < fit->first + fit->n_estimates; k++) {
        for (size_t i = 0; i < fit->n; i++) {
            struct rs_dd score = rs_dd_mul(room->own[k][i], room->rest[i]);
            if (times != NULL)
                score = rs_dd_scale(score, times[i]);
            room->score[k][i] = score;
        }
        clean(room->score[k], fit->n);
    }
}

enum rs_outcome rs_errors_covariance(double *out, double *df,
                                     struct rs_errors_room *room,
                                     const struct rs_errors_fit *fit)
{
    size_t n = fit->n_estimates;
    const double *norm = room->norm + fit->first;
    const struct rs_errors_rows rows = {
        .u = room->u + fit->first,
        .n_estimates = n,
        .e = room->e,
        .left = room->left,
        .score = room->score == NULL ? NULL : room->score + fit->first,
        .times = fit->counts ? room->times : NULL,
        .row = room->row,
        .n = fit->n,
        .n_all = fit->n_all,
        .k = fit->k};
    enum rs_outcome outcome = RS_FIT_OK;

    if (room->score != NULL)
        find_scores(room, fit);
    *df = fit->n_all - fit->k;
    outcome = room->kind->meat(out, df, room->state, &rows);
    for (size_t k = 0; k < n && outcome == RS_FIT_OK; k++)
        for (size_t l = 0; l <= k; l++) {
            out[k * n + l] = out[k * n + l] / norm[k] / norm[l];
            out[l * n + k] = out[k * n + l];
        }
    return outcome;
}
