/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "p_sample.h"

#include "base_columns.h"
#include "mem.h"
#include "p_sample_internal.h"
#include "row_set.h"
#include "sorted.h"
#include "tails.h"
#include "tile_count.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { PILOT = 16384, FEW = RS_P_SAMPLE_FEW, HEAD = 64 };

static const uint64_t all_pairs = (uint64_t)1 << 21; /* kept up to here */
static const uint64_t aim = (uint64_t)1 << 20;       /* of a sample */

/* ---- cells ------------------------------------------------------- */

/* Whole groups, for tile_count.h. */
static size_t count_cells(const struct rs_p_sample *sample)
{
    return (sample->n_y * sample->width + 7) / 8 * 8;
}

size_t rs_p_sample_bytes(const struct rs_p_sample *sample)
{
    return HEAD +
           (count_cells(sample) * sizeof(float) + HEAD - 1) / HEAD * HEAD;
}

struct rs_p_sample rs_p_sample_of(const struct rs_plan *plan, uint64_t n_pairs)
{
    bool matched = plan->pairs == RS_PAIRS_MATCHED;
    struct rs_p_sample sample = {.matched = matched, .step = 1};

    if (n_pairs > all_pairs)
        sample.step = (n_pairs + aim - 1) / aim;
    sample.n_y = matched ? plan->n_y / sample.step + 1 : plan->n_y;
    sample.width = matched ? 1 : (plan->n_x + sample.step - 1) / sample.step;
    if (plan->pairs == RS_PAIRS_LIST) {
        sample.list = plan;
        sample.n_y = plan->n_pairs / sample.step + 1;
        sample.width = 1;
    }
    return sample;
}

void rs_p_sample_place(struct rs_p_sample *sample, char *base)
{
    sample->df = (void *)base;
    sample->cells = (void *)(base + HEAD);
}

static double log_p_of(const struct rs_fit *fit)
{
    return fit->outcome == RS_FIT_PERFECT ? -INFINITY : fit->log_p;
}

void rs_p_sample_put(const struct rs_p_sample *sample, size_t y_ix, size_t x_ix,
                     const struct rs_fit *fit)
{
    double log_p = log_p_of(fit);
    float *cell = rs_p_sample_cell(sample, y_ix, x_ix);

    if (cell != NULL)
        *cell = isnan(log_p) ? 0.0F : rs_p_sample_number(-log_p);
}

void rs_p_sample_put_r(const struct rs_p_sample *sample, size_t y_ix,
                       size_t x_ix, const struct rs_fit *fit, double scale)
{
    double r = fit->outcome == RS_FIT_PERFECT
                   ? (double)INFINITY
                   : fabs(fit->stat) /
                         hypot(fit->stat, sqrt(rs_fit_tail_df(fit))) * scale;
    float *cell = rs_p_sample_cell(sample, y_ix, x_ix);

    if (cell != NULL)
        *cell = isnan(log_p_of(fit)) ? 0.0F : rs_p_sample_number(r);
}

/* ---- numbers ----------------------------------------------------- */

/* The number that a cell has for p. */
static double number_of(const struct rs_p_sample *sample, double p)
{
    double df = *sample->df;
    double t = 0.0;

    if (!(p > 0.0))
        return INFINITY;
    if (!(df > 0.0))
        return -log(p);
    t = rs_t_quantile(p, df);
    return t / hypot(t, sqrt(df));
}

static double log_p_at(double r, double df)
{
    if (r >= 1.0)
        return -INFINITY;
    return rs_t_log_p(r * sqrt(df / ((1.0 - r) * (1.0 + r))), df);
}

double rs_p_sample_log_p(const struct rs_p_sample *sample, double number)
{
    return *sample->df > 0.0 ? log_p_at(number, *sample->df) : -number;
}

/* How far |r| with fewer degrees of freedom, scaled to all rows, is from that
 * of the same p with all; as a part of it. */
static double scaling_error(double number, double log_p, double least,
                            double df)
{
    double t = rs_t_quantile_log(log_p, least);
    double r = t / hypot(t, sqrt(least));

    return fabs(r * sqrt((least - 0.5) / (df - 0.5)) / number - 1.0);
}

double rs_p_sample_error(const struct rs_p_sample *sample, double number,
                         const struct rs_dataset *data)
{
    const double rounding = 2.0 * (double)FLT_EPSILON;
    double df = *sample->df;
    double least = df;
    double error = rounding + 2.0 * rounding / number;
    size_t missing = 0;

    if (!(df > 0.0))
        return df < 0.0 ? 1e3 * rounding : rounding;
    for (size_t j = 0; j < data->n_columns; j++)
        if (data->columns[j].n_missing > missing)
            missing = data->columns[j].n_missing;
    least -= 2.0 * (double)missing;
    if (missing == 0)
        return error;
    if (!(least >= 1.0) || number >= 1.0)
        return 1.0;
    return error + 1.5 * scaling_error(number,
                                       rs_p_sample_log_p(sample, number), least,
                                       df);
}

/* ---- numbers between two limits ---------------------------------- */

/* Tests with low <= number <= high. */
struct some {
    double low, high;
    float *numbers; /* [n] in any order */
    size_t *cells;  /* [n] where they are */
    size_t n;
    size_t above; /* tests with larger numbers: smaller p */
};

static void some_clear(struct some *some)
{
    free(some->numbers);
    free(some->cells);
    *some = (struct some){0};
}

static enum rs_status take_between(struct some *out,
                                   const struct rs_p_sample *sample, double low,
                                   double high, struct rs_error *err)
{
    size_t n_cells = count_cells(sample);
    float from = rs_p_sample_number(low); /* the least of all is a test */
    float end = nextafterf((float)high, INFINITY);
    uint32_t from_low = 0;
    uint32_t from_high = 0;

    rs_count_between(&from_low, &from_high, sample->cells, n_cells, from, end);
    if (isinf(high)) { /* nothing is above, and all of that is within */
        from_high = 0;
        end = NAN;
    }
    out->low = low;
    out->high = high;
    out->above = from_high;
    out->numbers = rs_alloc(from_low - from_high, sizeof *out->numbers, err);
    out->cells = rs_alloc(from_low - from_high, sizeof *out->cells, err);
    if (out->numbers == NULL || out->cells == NULL) {
        some_clear(out);
        return RS_ERR_NOMEM;
    }
    for (size_t i = 0; i < n_cells; i++) {
        if (!isnan(end))
            i = rs_find_between(sample->cells, i, n_cells, from, end);
        if (i < n_cells && sample->cells[i] >= from) {
            out->numbers[out->n] = sample->cells[i];
            out->cells[out->n++] = i;
        }
    }
    return RS_OK;
}

/* The same out of those between wider limits. */
static enum rs_status narrow(struct some *out, const struct rs_p_sample *sample,
                             const struct some *wide, double low, double high,
                             struct rs_error *err)
{
    *out = (struct some){.low = low, .high = high, .above = wide->above};
    out->numbers = rs_alloc(wide->n, sizeof *out->numbers, err);
    out->cells = rs_alloc(wide->n, sizeof *out->cells, err);
    if (out->numbers == NULL || out->cells == NULL) {
        some_clear(out);
        return RS_ERR_NOMEM;
    }
    for (size_t i = 0; i < wide->n; i++) {
        float number = sample->cells[wide->cells[i]];
        out->above += (double)number > high;
        if ((double)number < low || (double)number > high)
            continue;
        out->numbers[out->n] = number;
        out->cells[out->n++] = wide->cells[i];
    }
    return RS_OK;
}

static void swap(float *a, float *b)
{
    float t = *a;

    *a = *b;
    *b = t;
}

float rs_p_sample_ranked(float *a, size_t n, size_t k)
{
    size_t low = 0;
    size_t high = n - 1;

    while (low < high) {
        float pivot = a[low + (high - low) / 2];
        size_t i = low;
        size_t j = high;
        for (;;) {
            while (a[i] < pivot)
                i++;
            while (pivot < a[j])
                j--;
            if (i >= j)
                break;
            swap(&a[i++], &a[j--]);
        }
        if (k <= j)
            high = j;
        else
            low = j + 1;
    }
    return a[k];
}

/* The tests of a rank, by rising p, and so falling number, from 0. */
static double ranked(struct some *some, uint64_t rank)
{
    size_t k = some->n - 1 - ((size_t)rank - some->above);

    return (double)rs_p_sample_ranked(some->numbers, some->n, k);
}

static bool holds(const struct some *some, uint64_t rank)
{
    return rank >= some->above && rank - some->above < some->n;
}

/* Tests among which those of both ranks are: between limits that a pilot of
 * some thousand cells gives, or all. */
static enum rs_status take_middle(struct some *out,
                                  const struct rs_p_sample *sample, uint64_t a,
                                  uint64_t b, struct rs_error *err)
{
    size_t stride = count_cells(sample) / PILOT + 1;
    float pilot[PILOT]; /* 4 standard errors of a rank are 1.6 % */
    size_t n = 0;
    enum rs_status status = RS_OK;

    for (size_t i = 0; i < count_cells(sample); i += stride)
        if (sample->cells[i] > 0.0F)
            pilot[n++] = sample->cells[i];
    if (n >= FEW) {
        float low = rs_p_sample_ranked(pilot, n, n * 48 / 100);
        float high = rs_p_sample_ranked(pilot, n, n * 52 / 100);
        status = take_between(out, sample, (double)low, (double)high, err);
        if (status != RS_OK || (holds(out, a) && holds(out, b)))
            return status;
        some_clear(out);
    }
    return take_between(out, sample, 0.0, INFINITY, err);
}

/* ---- a sample ---------------------------------------------------- */

struct rs_p_bracket rs_p_bracket_of(const struct rs_tally *tally)
{
    uint64_t m = rs_tally_tests(tally);
    struct rs_p_bracket b = {0.0, 1.0, NAN};
    uint64_t upto_low = 0;
    uint64_t upto_high = m;

    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        if (tally->at_most[k] <= (m - 1) / 2) {
            b.low = rs_p_edge(k);
            upto_low = tally->at_most[k];
            break;
        }
        b.high = rs_p_edge(k);
        upto_high = tally->at_most[k];
    }
    b.share =
        (0.5 * (double)m - (double)upto_low) / (double)(upto_high - upto_low);
    return b;
}

static enum rs_status by_sample(double *lambda,
                                const struct rs_p_sample *sample,
                                const struct rs_tally *tally,
                                struct rs_error *err)
{
    struct rs_p_bracket bracket = rs_p_bracket_of(tally);
    struct some some = {0};
    enum rs_status status =
        take_between(&some, sample, number_of(sample, bracket.high),
                     number_of(sample, bracket.low), err);

    if (status != RS_OK)
        return status;
    if (some.n >= FEW) /* else interpolated between the edges */
        *lambda = rs_genomic_lambda(rs_p_sample_log_p(
            sample,
            ranked(&some, some.above +
                              (size_t)(bracket.share * (double)(some.n - 1)))));
    some_clear(&some);
    return RS_OK;
}

/* ---- all tests --------------------------------------------------- */

/* The pair of a cell. */
static void find_pair(size_t *y_ix, size_t *x_ix,
                      const struct rs_p_sample *sample, size_t cell)
{
    if (sample->list != NULL) {
        rs_plan_cell(y_ix, x_ix, sample->list, cell * sample->step);
        return;
    }
    *y_ix = cell / sample->width;
    *x_ix = sample->matched ? *y_ix : cell % sample->width;
}

enum rs_status rs_p_sample_again(double *log_p, const size_t *cells, size_t n,
                                 const struct rs_p_sample *sample,
                                 const struct rs_p_sample_run *run,
                                 struct rs_error *err)
{
    void *state = NULL;
    enum rs_status status = run->model->open(&state, run->spec, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        size_t y_ix = 0;
        size_t x_ix = 0;
        struct rs_fit fit;
        find_pair(&y_ix, &x_ix, sample, cells[i]);
        run->model->fit(state, run->plan->y[y_ix], run->plan->x[x_ix], &fit);
        rs_fit_find_p(&fit);
        log_p[i] = log_p_of(&fit);
    }
    run->model->close(state);
    return RS_OK;
}

/* The same from |r| and the rows that each has: the float's error is left. */
static enum rs_status by_rows(double *log_p, const struct some *some,
                              const struct rs_p_sample *sample,
                              const struct rs_p_sample_run *run,
                              struct rs_error *err)
{
    const struct rs_column *columns = run->spec->data->columns;
    struct rs_base_columns base = {0};
    uint64_t *rows = NULL;
    enum rs_status status = rs_base_columns_init(&base, run->spec, err);

    if (status == RS_OK)
        rows = rs_alloc(base.n_words, sizeof *rows, err);
    for (size_t i = 0; rows != NULL && i < some->n; i++) {
        size_t y_ix = 0;
        size_t x_ix = 0;
        size_t y = 0;
        size_t x = 0;
        double df = *sample->df;
        double own = df;
        double r = (double)some->numbers[i];
        find_pair(&y_ix, &x_ix, sample, some->cells[i]);
        y = run->plan->y[y_ix];
        x = run->plan->x[x_ix];
        (void)rs_rows_and(rows, base.rows, columns[y].valid, base.n_words);
        own -= (double)base.n;
        own += (double)rs_rows_and(rows, rows, columns[x].valid, base.n_words);
        r /= sqrt((own - 0.5) / (df - 0.5));
        log_p[i] = log_p_at(r, own);
    }
    free(rows);
    rs_base_columns_clear(&base);
    return status == RS_OK && rows == NULL ? RS_ERR_NOMEM : status;
}

/*
 * The middle ones anew, from all tests that may be they: by fits of these;
 * where they are many, the rows that each has tell more than enough, and
 * where all have the same, one is as good as another.
 */
static enum rs_status refine(double *lambda, const struct rs_p_sample *sample,
                             const struct some *near, const uint64_t ranks[2],
                             const struct rs_p_sample_run *run,
                             struct rs_error *err)
{
    double rows = (double)run->spec->data->n_rows + FEW;
    bool few = (double)near->n * rows <= RS_P_SAMPLE_WORK;
    double *log_p = NULL;
    enum rs_status status = RS_OK;

    if ((!few && !(*sample->df > 0.0)) || !holds(near, ranks[0]) ||
        !holds(near, ranks[1]))
        return RS_OK;
    log_p = rs_alloc(near->n, sizeof *log_p, err);
    if (log_p == NULL)
        return RS_ERR_NOMEM;
    status =
        few ? rs_p_sample_again(log_p, near->cells, near->n, sample, run, err)
            : by_rows(log_p, near, sample, run, err);
    if (status == RS_OK) {
        qsort(log_p, near->n, sizeof *log_p, rs_by_value);
        *lambda = rs_genomic_lambda(rs_log_p_middle(
            log_p[ranks[0] - near->above], log_p[ranks[1] - near->above]));
    }
    free(log_p);
    return status;
}

/* Tests whose numbers may be off to either side of low and high. */
static enum rs_status take_near(struct some *out,
                                const struct rs_p_sample *sample,
                                const struct some *middle, double low,
                                double high, const struct rs_dataset *data,
                                struct rs_error *err)
{
    double error = 2.0 * fmax(rs_p_sample_error(sample, low, data),
                              rs_p_sample_error(sample, high, data));

    low *= 1.0 - fmin(error, 1.0);
    high *= 1.0 + error;
    return low > middle->low && high < middle->high
               ? narrow(out, sample, middle, low, high, err)
               : take_between(out, sample, low, high, err);
}

static enum rs_status by_all(double *lambda, const struct rs_p_sample *sample,
                             uint64_t m, const struct rs_p_sample_run *run,
                             struct rs_error *err)
{
    const uint64_t ranks[2] = {(m - 1) / 2, m / 2};
    struct some middle = {0};
    struct some near = {0};
    double low = 0.0;
    double high = 0.0;
    enum rs_status status =
        take_middle(&middle, sample, ranks[0], ranks[1], err);

    if (status != RS_OK)
        return status;
    if (!holds(&middle, ranks[0]) || !holds(&middle, ranks[1]))
        goto done; /* other tests than were counted: there are none */
    high = ranked(&middle, ranks[0]);
    low = ranked(&middle, ranks[1]);
    *lambda = rs_genomic_lambda(rs_log_p_middle(
        rs_p_sample_log_p(sample, high), rs_p_sample_log_p(sample, low)));
    status = take_near(&near, sample, &middle, low, high, run->spec->data, err);
    if (status == RS_OK)
        status = refine(lambda, sample, &near, ranks, run, err);
done:
    some_clear(&middle);
    some_clear(&near);
    return status;
}

enum rs_status rs_p_sample_lambda(struct rs_lambda *out,
                                  const struct rs_p_sample *sample,
                                  const struct rs_tally *tally,
                                  const struct rs_p_sample_run *run,
                                  struct rs_error *err)
{
    uint64_t m = rs_tally_tests(tally);

    *out = (struct rs_lambda){rs_tally_lambda(tally), sample->step == 1};
    if (m == 0)
        return RS_OK;
    return sample->step == 1 ? by_all(&out->value, sample, m, run, err)
                             : by_sample(&out->value, sample, tally, err);
}
