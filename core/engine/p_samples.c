/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "p_samples.h"

#include "mem.h"
#include "p_sample_internal.h"
#include "tails.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>

/* ---- cells ------------------------------------------------------- */

enum rs_status rs_p_samples_new(struct rs_p_samples *out,
                                const struct rs_plan *plans, size_t n,
                                struct rs_error *err)
{
    uint64_t n_pairs = 0;
    size_t at = 0;

    *out = (struct rs_p_samples){.n = n};
    out->parts = rs_alloc(n, sizeof *out->parts, err);
    if (out->parts == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        n_pairs += plans[i].n_pairs;
    for (size_t i = 0; i < n; i++) {
        out->parts[i] = rs_p_sample_of(&plans[i], n_pairs);
        out->bytes += rs_p_sample_bytes(&out->parts[i]);
    }
    out->base = mmap(NULL, out->bytes, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (out->base == MAP_FAILED) {
        out->base = NULL;
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "no room for the p of some tests");
    }
    for (size_t i = 0; i < n; i++) {
        rs_p_sample_place(&out->parts[i], out->base + at);
        at += rs_p_sample_bytes(&out->parts[i]);
    }
    return RS_OK;
}

void rs_p_samples_free(struct rs_p_samples *samples)
{
    if (samples->base != NULL)
        (void)munmap(samples->base, samples->bytes);
    free(samples->parts);
    *samples = (struct rs_p_samples){0};
}

/* ---- -ln p of all parts ------------------------------------------ */

static size_t count_cells(const struct rs_p_sample *sample)
{
    return sample->n_y * sample->width;
}

/* -ln p of a cell; NaN: it is no test. */
static float stat_of(const struct rs_p_sample *sample, size_t cell)
{
    float number = sample->cells[cell];

    if (!(number > 0.0F))
        return NAN;
    return *sample->df > 0.0 ? (float)-rs_p_sample_log_p(sample, (double)number)
                             : number;
}

/* Those of tests, part after part. */
struct stats {
    float *all; /* [n] */
    size_t n;
};

static enum rs_status take_stats(struct stats *out,
                                 const struct rs_p_samples *samples, double low,
                                 double high, struct rs_error *err)
{
    size_t room = 0;

    for (size_t i = 0; i < samples->n; i++)
        room += count_cells(&samples->parts[i]);
    out->n = 0;
    out->all = rs_alloc(room, sizeof *out->all, err);
    if (out->all == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < samples->n; i++)
        for (size_t c = 0; c < count_cells(&samples->parts[i]); c++) {
            float stat = stat_of(&samples->parts[i], c);
            if ((double)stat >= low && (double)stat <= high)
                out->all[out->n++] = stat;
        }
    return RS_OK;
}

/* Of rank k by rising p. */
static double ranked(struct stats *stats, size_t k)
{
    return (double)rs_p_sample_ranked(stats->all, stats->n, stats->n - 1 - k);
}

/* ---- a sample ---------------------------------------------------- */

static enum rs_status by_sample(double *lambda,
                                const struct rs_p_samples *samples,
                                const struct rs_tally *tally,
                                struct rs_error *err)
{
    struct rs_p_bracket bracket = rs_p_bracket_of(tally);
    struct stats stats = {0};
    enum rs_status status =
        take_stats(&stats, samples, -log(bracket.high), -log(bracket.low), err);

    if (status == RS_OK && stats.n >= RS_P_SAMPLE_FEW)
        *lambda = rs_genomic_lambda(
            -ranked(&stats, (size_t)(bracket.share * (double)(stats.n - 1))));
    free(stats.all);
    return status;
}

/* ---- all tests --------------------------------------------------- */

/* Tests near the middle. */
struct near {
    double low, high; /* low <= -ln p <= high */
    double *log_p;    /* [n] fitted again */
    size_t n;
    size_t above; /* tests with smaller p */
};

/* Fits the near ones of a part again. */
static enum rs_status add_part(struct near *near,
                               const struct rs_p_samples *samples, size_t i,
                               const struct rs_p_samples_run *run,
                               struct rs_error *err)
{
    const struct rs_p_sample *sample = &samples->parts[i];
    size_t *cells = rs_alloc(count_cells(sample), sizeof *cells, err);
    struct rs_p_sample_run part;
    size_t n = 0;
    enum rs_status status = RS_OK;

    if (cells == NULL)
        return RS_ERR_NOMEM;
    for (size_t c = 0; c < count_cells(sample); c++) {
        float stat = stat_of(sample, c);
        near->above += (double)stat > near->high;
        if ((double)stat >= near->low && (double)stat <= near->high)
            cells[n++] = c;
    }
    if (n > 0)
        status = run->enter(run->ctx, &part, i, err);
    if (n > 0 && status == RS_OK)
        status = rs_p_sample_again(near->log_p + near->n, cells, n, sample,
                                   &part, err);
    near->n += n;
    free(cells);
    return status;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

static enum rs_status refine(double *lambda, struct near *near, size_t n,
                             const struct rs_p_samples *samples,
                             const uint64_t ranks[2],
                             const struct rs_p_samples_run *run,
                             struct rs_error *err)
{
    enum rs_status status = RS_OK;

    near->log_p = rs_alloc(n, sizeof *near->log_p, err);
    if (near->log_p == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < samples->n && status == RS_OK; i++)
        status = add_part(near, samples, i, run, err);
    if (status == RS_OK && ranks[0] >= near->above &&
        ranks[1] - near->above < near->n) {
        qsort(near->log_p, near->n, sizeof *near->log_p, compare);
        *lambda = rs_genomic_lambda(
            rs_log_p_middle(near->log_p[ranks[0] - near->above],
                            near->log_p[ranks[1] - near->above]));
    }
    free(near->log_p);
    return status;
}

/* How far -ln p near the middle may be off, as a part of it: less than twice
 * what an |r| is. */
static double largest_error(const struct rs_p_samples *samples, double stat,
                            const struct rs_dataset *data)
{
    double worst = 0.0;

    for (size_t i = 0; i < samples->n; i++) {
        const struct rs_p_sample *sample = &samples->parts[i];
        double number = stat;
        double df = *sample->df;
        if (df > 0.0) {
            double t = rs_t_quantile_log(-stat, df);
            number = t / hypot(t, sqrt(df));
        }
        worst = fmax(worst, rs_p_sample_error(sample, number, data));
    }
    return 2.0 * worst;
}

static enum rs_status by_all(struct rs_lambda *out,
                             const struct rs_p_samples *samples, uint64_t m,
                             const struct rs_p_samples_run *run,
                             struct rs_error *err)
{
    const double exact = 1e-5;
    const uint64_t ranks[2] = {(m - 1) / 2, m / 2};
    double rows = (double)run->data->n_rows + RS_P_SAMPLE_FEW;
    struct stats stats = {0};
    struct near near = {0};
    double error = 0.0;
    size_t n = 0;
    enum rs_status status = take_stats(&stats, samples, 0.0, INFINITY, err);

    if (status != RS_OK || stats.n != m)
        goto done; /* other tests than were counted: there are none */
    near.high = ranked(&stats, ranks[0]);
    near.low = ranked(&stats, ranks[1]);
    out->value = rs_genomic_lambda(rs_log_p_middle(-near.high, -near.low));
    error = fmin(largest_error(samples, near.low, run->data), 1.0);
    near.low *= 1.0 - error;
    near.high *= 1.0 + error;
    for (size_t i = 0; i < stats.n; i++)
        n += (double)stats.all[i] >= near.low &&
             (double)stats.all[i] <= near.high;
    if ((double)n * rows <= RS_P_SAMPLE_WORK)
        status = refine(&out->value, &near, n, samples, ranks, run, err);
    else
        out->exact = error < exact;
done:
    free(stats.all);
    return status;
}

enum rs_status rs_p_samples_lambda(struct rs_lambda *out,
                                   const struct rs_p_samples *samples,
                                   const struct rs_tally *tally,
                                   const struct rs_p_samples_run *run,
                                   struct rs_error *err)
{
    uint64_t m = rs_tally_tests(tally);
    bool all = samples->parts[0].step == 1;
    struct rs_p_sample_run one;

    if (samples->n == 1) {
        enum rs_status status = run->enter(run->ctx, &one, 0, err);
        return status == RS_OK
                   ? rs_p_sample_lambda(out, samples->parts, tally, &one, err)
                   : status;
    }
    *out = (struct rs_lambda){rs_tally_lambda(tally), all};
    if (m == 0)
        return RS_OK;
    return all ? by_all(out, samples, m, run, err)
               : by_sample(&out->value, samples, tally, err);
}
