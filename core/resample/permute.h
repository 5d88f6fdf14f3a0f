/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PERMUTE_H
#define RS_PERMUTE_H

#include "engine.h"
#include "permute_joint.h"
#include "pool.h"

/*
 * Permutation tests of all pairs of a plan, adjusted for their number by the
 * largest statistic of a family (Westfall and Young 1993, single step).
 *
 * In a permutation the residuals of every y on intercept and covariates are
 * permuted, those of all y by the same rows, so that the y stay correlated as
 * they are; the fitted part is added again, and the whole is regressed on
 * covariates and x (Freedman and Lane 1983). As the residual of x is
 * orthogonal to the covariates, that regression is a product: with e and x~
 * the residuals of y and x, scaled to length 1, P the permutation and Q an
 * orthonormal basis of intercept and covariates,
 *     r = x~'P e / |P e - Q Q'P e|
 * is the partial correlation, and t = r sqrt(df / (1 - r^2)). All pairs of a
 * part have the same rows and so the same df: |r| ranks as |t| and p do, and
 * what is kept of a permutation is the largest |r| of each family. Over the
 * parts of a run the maxima are taken together (permute_joint.h). Then p(pair)
 * = (1 + number of permutations whose maximum >= |r|) / (B + 1). The maxima of
 * a lost permutation are NaN.
 *
 * Permutation b is a function of the seed, b and the group of rows alone. It
 * is a job of the worker pool; what a job costs is the product of all y with
 * all x.
 *
 * Where x brings columns beside what is tested (block.h), residuals are those
 * on these as well, other ones for each x, permuted by the same rows: with
 * those on the covariates alone all y that depend on such a column would be
 * permuted as one, and the largest statistic be too small.
 *
 * What takes part: pairs of the plan whose columns leave a residual. Constant
 * and collinear columns and such with infinite values make no test and so no
 * part of a maximum; nearly collinear ones are prepared by the exact engine's
 * means. A permutation that lies in the space of the covariates (to 1e-10 of
 * its length) has the statistic 0. Least squares only, without weights: the
 * residuals of weighted rows are not exchangeable.
 */
struct rs_tile_data;

struct rs_permute_ask {
    enum rs_family family; /* within the part: all, y or x */
    uint64_t n_permutations;
    uint64_t seed;
    /* The columns of the same plan and spec, as the tile engine has prepared
     * them, borrowed until rs_permute_finish; they are used if they are as
     * permutations need them. NULL: there are none. */
    const struct rs_tile_data *columns;
    /* Of a run of several parts, whose maxima are taken together; borrowed,
     * and finished by who has it. NULL: this is all of the run. */
    struct rs_permute_joint *joint;
    size_t part;  /* among those of joint */
    size_t group; /* of the part's rows: another has other permutations */
};

struct rs_permute;
struct rs_permute_worker;

/* Whether the run can be permuted: the first two kinds of errors of
 * rs_permute_new, found without work. */
enum rs_status rs_permute_check(const struct rs_engine_env *env,
                                const struct rs_permute_ask *ask,
                                struct rs_error *err) RS_MUST_CHECK;

/*
 * Prepares the columns, before workers are forked, on n_threads threads.
 * env   in  of the run: plan, model, spec, kernel; plan and spec are borrowed
 * Owns: rs_permute_free. Errors: RS_ERR_USAGE for a model other than least
 * squares, weights or no permutations; RS_ERR_INCONSISTENT when a column has
 * missing values, or more rows than random numbers of 32 bits; RS_ERR_NOMEM.
 * Notes: memory as the tile engine's for columns, until rs_permute_finish,
 * and n_permutations doubles for each family.
 */
enum rs_status rs_permute_new(struct rs_permute **out,
                              const struct rs_engine_env *env,
                              const struct rs_permute_ask *ask,
                              unsigned n_threads,
                              struct rs_error *err) RS_MUST_CHECK;
void rs_permute_free(struct rs_permute *permute); /* NULL allowed */

/* How many families there are: 1, dependents or independents of the plan. For
 * tests. */
size_t rs_permute_families(const struct rs_permute *permute);

/* Bytes of the maxima, for reports of memory. */
size_t rs_permute_bytes(const struct rs_permute *permute);

/* ---- in a worker ------------------------------------------------- */

/* Owns: rs_permute_close. Errors: RS_ERR_NOMEM. */
enum rs_status rs_permute_open(struct rs_permute_worker **out,
                               const struct rs_permute *permute,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_permute_close(struct rs_permute_worker *worker); /* NULL allowed */

/* The largest |r| of each family in permutation `number`.
 * Returns [families], the worker's until the next call. */
const double *rs_permute_work(struct rs_permute_worker *worker,
                              uint64_t number);

/* The same for any permutation: row i of y becomes its row rows[i].
 * Exported for tests. */
const double *rs_permute_maxima(struct rs_permute_worker *worker,
                                const uint32_t *rows);

/* ---- in the parent ----------------------------------------------- */

/* Takes the next bytes of the maxima, permutation after permutation, in
 * pieces of any whole number of doubles. Exported for tests, as is
 * rs_permute_finish: rs_permute_run does both. */
void rs_permute_take(struct rs_permute *permute, const void *bytes,
                     size_t n_bytes);

/* How many permutations were lost, once all is finished: p is of the others. */
uint64_t rs_permute_lost(const struct rs_permute *permute);

/* How many x of several columns take no part though pairs may have a test: the
 * columns are nearly collinear, or too many, so that only the exact engine fits
 * them. Their pairs have no p, and are in no maximum. */
size_t rs_permute_left_out(const struct rs_permute *permute);

/* Hands the maxima to those of all parts, and releases the columns; then, once
 * these are finished, rs_permute_p may be called, by workers too. */
void rs_permute_finish(struct rs_permute *permute);

/* What rs_permute_run needs besides. */
struct rs_permute_run {
    const struct rs_pool *pool;
    unsigned n_workers;
    const atomic_int *stop; /* see rs_pool_task; NULL allowed */
    void *ctx;
    /* Several times a second: stats->jobs_committed of stats->n_jobs are
     * done. NULL allowed. */
    void (*tick)(void *ctx, const struct rs_pool_stats *stats);
};

/*
 * All of it: works the permutations off by the pool, and finishes.
 * stats  out  of the pool, filled in every case
 * A permutation that killed its worker again and again is made once more when
 * the others are done; if that fails too it is lost, and the others count.
 * Errors: those of rs_pool_run.
 */
enum rs_status rs_permute_run(struct rs_permute *permute,
                              const struct rs_permute_run *run,
                              struct rs_pool_stats *stats,
                              struct rs_error *err) RS_MUST_CHECK;

/*
 * The adjusted p of a fitted pair.
 * y_ix, x_ix  in  its places in the plan's lists
 * Returns NaN where the fit has no test, or a column takes no part.
 * Notes: a maximum counts as no less than |r| when it is not below it by more
 * than 1e-9 of it and 1e-13: far more than rounding can do, so that a
 * permutation that leaves the pair as it is always counts.
 */
double rs_permute_p(const struct rs_permute *permute, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit);

#endif
