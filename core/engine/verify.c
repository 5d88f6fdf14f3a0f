/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify.h"

#include "tails.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Every number that an engine gives or that follows from one. */
static const enum rs_field compared[] = {
    RS_FIELD_DF, RS_FIELD_INTERCEPT, RS_FIELD_BETA,
    RS_FIELD_SE, RS_FIELD_STAT,      RS_FIELD_NEG_LOG10_P,
    RS_FIELD_R,  RS_FIELD_R2,        RS_FIELD_SIGMA};

/* Random bits for a counter (Steele, Lea and Flood 2014, SplitMix64). */
static uint64_t random_bits(uint64_t seed, uint64_t counter)
{
    uint64_t z = seed + (counter + 1) * 0x9e3779b97f4a7c15U;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

double rs_fit_difference(enum rs_field *field, const struct rs_fit *a,
                         const struct rs_fit *b)
{
    double largest = 0.0;

    *field = RS_FIELD_N;
    for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++) {
        double u = rs_fit_value(a, compared[i], 0.95);
        double v = rs_fit_value(b, compared[i], 0.95);
        double d = u == v || (isnan(u) && isnan(v))
                       ? 0.0
                       : fabs(u - v) / fmax(fabs(u), fabs(v));
        if (!(d <= largest)) {
            largest = isnan(d) ? INFINITY : d;
            *field = compared[i];
        }
    }
    return largest;
}

double rs_fit_p_difference(const struct rs_fit *a, const struct rs_fit *b)
{
    double difference = fabs(expm1(a->log_p - b->log_p));
    double condition = 0.0;

    if (isnan(a->log_p) && isnan(b->log_p))
        return 0.0;
    if (exp(a->log_p) < DBL_MIN && exp(b->log_p) < DBL_MIN)
        return 0.0;
    if (!isfinite(difference))
        return INFINITY;
    condition = rs_t_condition(b->stat, rs_fit_tail_df(b));
    return condition > 1.0 ? difference / condition : difference;
}

static bool always(void *ctx, uint64_t item)
{
    (void)ctx;
    (void)item;
    return true;
}

static void take(void *ctx, size_t y_ix, size_t x_ix, const struct rs_fit *fit)
{
    (void)y_ix;
    (void)x_ix;
    *(struct rs_fit *)ctx = *fit;
}

static void compare(struct rs_verify *out, const struct rs_fit *a,
                    const struct rs_fit *b, const struct rs_tile *cell)
{
    enum rs_field field = RS_FIELD_N;
    double d = rs_fit_difference(&field, a, b);

    out->largest_p = fmax(out->largest_p, rs_fit_p_difference(a, b));
    out->n_pairs++;
    if (a->outcome != b->outcome || a->n != b->n)
        out->n_differ++;
    if (d > out->largest || out->n_pairs == 1) {
        out->largest = d;
        out->field = field;
        out->y_ix = cell->y0;
        out->x_ix = cell->x0;
    }
}

enum rs_status rs_verify(struct rs_verify *out, const struct rs_engine *engine,
                         const struct rs_engine_env *env, const void *shared,
                         uint64_t n_pairs, uint64_t seed, struct rs_error *err)
{
    const struct rs_keep all = {.p_max = 1.0};
    struct rs_engine_env own = *env;
    uint64_t total = env->plan->n_pairs;
    bool every = n_pairs >= total;
    uint64_t n = every ? total : n_pairs;
    struct rs_tally tally;
    struct rs_fit fits[2];
    void *states[2] = {NULL, NULL};
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    memset(&tally, 0, sizeof tally);
    own.keep = &all;
    status = engine->open(&states[0], &own, shared, err);
    if (status == RS_OK)
        status = rs_engine_exact.open(&states[1], &own, NULL, err);
    for (uint64_t i = 0; i < n && status == RS_OK; i++) {
        uint64_t pair = every ? i : random_bits(seed, i) % total;
        const struct rs_emitter first = {
            .ctx = &fits[0], .begin = always, .row = take, .tally = &tally};
        const struct rs_emitter second = {
            .ctx = &fits[1], .begin = always, .row = take, .tally = &tally};
        struct rs_tile cell;
        rs_plan_cell(&cell.y0, &cell.x0, env->plan, pair);
        cell.y1 = cell.y0 + 1;
        cell.x1 = cell.x0 + 1;
        status = engine->fit_tile(states[0], &cell, &first, err);
        if (status == RS_OK)
            status = rs_engine_exact.fit_tile(states[1], &cell, &second, err);
        if (status == RS_OK)
            compare(out, &fits[0], &fits[1], &cell);
    }
    engine->close(states[0]);
    rs_engine_exact.close(states[1]);
    return status;
}
