/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd.h"
#include "mem.h"
#include "model.h"
#include "rank_columns.h"
#include "row_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Kendall's tau-b, and z = S / sqrt(var S) with the variance that allows for
 * ties (Kendall 1970, eq. 4.4), without a correction for continuity: R's
 * cor.test(method = "kendall", exact = FALSE). S, pairs of rows in the same
 * order less those in opposite order, is counted in n log n (Knight 1966): rows
 * in the order of x, each compared with those before it by a tree of counts
 * over the levels of y (Fenwick 1994), so that ties need no care.
 */
struct kendall {
    const struct rs_spec *spec;
    struct rs_rank_columns ranks;
    size_t n_words;
    uint64_t *all;    /* rows that fits may rest on */
    uint64_t *rows;   /* those of the pair */
    uint32_t *places; /* [n_rows + 1] of levels of x */
    uint32_t *order;  /* [n_rows] levels of y, rows in the order of x */
    uint32_t *tree;   /* [n_rows + 1] */
};

/* What equal values take from the numbers of a sample without: sums over sets
 * of t equal ones. */
struct ties {
    struct rs_dd two;   /* t (t - 1) */
    struct rs_dd three; /* t (t - 1) (t - 2) */
    struct rs_dd five;  /* t (t - 1) (2 t + 5) */
};

static void kendall_close(void *state)
{
    struct kendall *self = state;

    if (self == NULL)
        return;
    rs_rank_columns_clear(&self->ranks);
    free(self->all);
    free(self->rows);
    free(self->places);
    free(self->order);
    free(self->tree);
    free(self);
}

static enum rs_status kendall_open(void **state, const struct rs_spec *spec,
                                   struct rs_error *err)
{
    struct kendall *self = rs_alloc(1, sizeof *self, err);
    size_t n_rows = spec->data->n_rows;
    enum rs_status status = RS_OK;

    if (self == NULL)
        return RS_ERR_NOMEM;
    self->spec = spec;
    self->n_words = rs_bit_words(n_rows);
    self->all = rs_alloc(self->n_words, sizeof *self->all, err);
    self->rows = rs_alloc(self->n_words, sizeof *self->rows, err);
    self->places = rs_alloc(n_rows + 1, sizeof *self->places, err);
    self->order = rs_alloc(n_rows, sizeof *self->order, err);
    self->tree = rs_alloc(n_rows + 1, sizeof *self->tree, err);
    if (self->all == NULL || self->rows == NULL || self->places == NULL ||
        self->order == NULL || self->tree == NULL)
        status = RS_ERR_NOMEM;
    if (status == RS_OK)
        status =
            rs_rank_columns_init(&self->ranks, spec, spec->cache_bytes, err);
    if (status != RS_OK) {
        kendall_close(self);
        return status;
    }
    rs_rows_fill(self->all, n_rows);
    if (spec->rows != NULL)
        (void)rs_rows_and(self->all, self->all, spec->rows, self->n_words);
    *state = self;
    return RS_OK;
}

/* ---- counting ---------------------------------------------------- */

static void add_ties(struct ties *ties, double t)
{
    struct rs_dd two = rs_dd_mul(rs_dd_of(t), rs_dd_of(t - 1.0));

    ties->two = rs_dd_add(ties->two, two);
    ties->three = rs_dd_add(ties->three, rs_dd_mul(two, rs_dd_of(t - 2.0)));
    ties->five = rs_dd_add(ties->five, rs_dd_mul(two, rs_dd_of(2.0 * t + 5.0)));
}

/* The levels of y in the order of x, by counting; the ties of x.
 * Afterwards places[c] is where the rows of level c end. */
static void sort_by_x(struct kendall *self, struct ties *ties,
                      const struct rs_rank_column *y,
                      const struct rs_rank_column *x)
{
    uint32_t *places = self->places;
    uint32_t begin = 0;

    memset(places, 0, x->n_levels * sizeof *places);
    for (size_t w = 0; w < self->n_words; w++)
        for (uint64_t bits = self->rows[w]; bits != 0; bits &= bits - 1)
            places[x->codes[64 * w + (size_t)__builtin_ctzll(bits)]]++;
    for (size_t c = 0; c < x->n_levels; c++) {
        uint32_t t = places[c];
        places[c] = begin;
        begin += t;
        if (t > 1)
            add_ties(ties, (double)t);
    }
    for (size_t w = 0; w < self->n_words; w++)
        for (uint64_t bits = self->rows[w]; bits != 0; bits &= bits - 1) {
            size_t i = 64 * w + (size_t)__builtin_ctzll(bits);
            self->order[places[x->codes[i]]++] = y->codes[i];
        }
}

static void count_y_ties(struct kendall *self, struct ties *ties,
                         size_t n_levels, size_t n)
{
    uint32_t *counts = self->tree;

    memset(counts, 0, (n_levels + 1) * sizeof *counts);
    for (size_t i = 0; i < n; i++)
        counts[self->order[i]]++;
    for (size_t c = 0; c < n_levels; c++)
        if (counts[c] > 1)
            add_ties(ties, (double)counts[c]);
}

/* How many in the tree are at most level c; c + 1 in [0, n_levels]. */
static inline int64_t count_upto(const uint32_t *tree, size_t c1)
{
    int64_t sum = 0;

    for (; c1 > 0; c1 &= c1 - 1)
        sum += tree[c1];
    return sum;
}

/* S: every row with those of smaller x. */
static int64_t count_s(struct kendall *self, size_t n_x, size_t n_y)
{
    uint32_t *tree = self->tree;
    int64_t s = 0;
    size_t begin = 0;

    memset(tree, 0, (n_y + 1) * sizeof *tree);
    for (size_t level = 0; level < n_x; level++) {
        size_t end = self->places[level];
        for (size_t i = begin; i < end; i++) {
            size_t c = self->order[i];
            int64_t below = count_upto(tree, c);
            int64_t upto = count_upto(tree, c + 1);
            s += below - ((int64_t)begin - upto);
        }
        for (size_t i = begin; i < end; i++)
            for (size_t c = self->order[i] + (size_t)1; c <= n_y; c += c & -c)
                tree[c]++;
        begin = end;
    }
    return s;
}

/* Variance of S where y and x are independent. */
static double variance(const struct ties *x, const struct ties *y, double n)
{
    struct rs_dd two = rs_dd_mul(rs_dd_of(n), rs_dd_of(n - 1.0));
    struct rs_dd sum = rs_dd_mul(two, rs_dd_of(2.0 * n + 5.0));
    struct rs_dd part =
        rs_dd_div(rs_dd_mul(x->two, y->two), rs_dd_mul(rs_dd_of(2.0), two));

    sum = rs_dd_sub(rs_dd_sub(sum, x->five), y->five);
    sum = rs_dd_add(rs_dd_div(sum, rs_dd_of(18.0)), part);
    part =
        rs_dd_div(rs_dd_mul(x->three, y->three),
                  rs_dd_mul(rs_dd_mul(rs_dd_of(9.0), two), rs_dd_of(n - 2.0)));
    return rs_dd_double(rs_dd_add(sum, part));
}

/* ---- a pair ------------------------------------------------------ */

/* Fits the n rows of the pair. */
static void fit_rows(struct kendall *self, struct rs_fit *out, size_t n,
                     const struct rs_rank_column *y,
                     const struct rs_rank_column *x)
{
    struct ties ties_x = {{0.0, 0.0}, {0.0, 0.0}, {0.0, 0.0}};
    struct ties ties_y = ties_x;
    struct rs_dd all =
        rs_dd_mul(rs_dd_of((double)n), rs_dd_of((double)n - 1.0));
    double differ_x = 0.0;
    double differ_y = 0.0;
    double s = 0.0;

    sort_by_x(self, &ties_x, y, x);
    count_y_ties(self, &ties_y, y->n_levels, n);
    differ_x = rs_dd_double(rs_dd_sub(all, ties_x.two));
    differ_y = rs_dd_double(rs_dd_sub(all, ties_y.two));
    if (differ_y == 0.0 || differ_x == 0.0) {
        out->outcome = differ_y == 0.0 ? RS_FIT_CONSTANT_Y : RS_FIT_CONSTANT_X;
        return;
    }
    s = (double)count_s(self, x->n_levels, y->n_levels);
    out->r = 2.0 * s / sqrt(differ_x * differ_y);
    out->stat = s / sqrt(variance(&ties_x, &ties_y, (double)n));
}

static void kendall_fit(void *state, size_t y, size_t x, struct rs_fit *out)
{
    struct kendall *self = state;
    const struct rs_column *columns = self->spec->data->columns;
    size_t n = 0;

    (void)rs_rows_and(self->rows, self->all, columns[y].valid, self->n_words);
    n = rs_rows_and(self->rows, self->rows, columns[x].valid, self->n_words);
    rs_fit_clear(out, RS_FIT_OK, n);
    out->statistic = RS_STAT_Z;
    if (n < 3 || n < self->spec->min_n)
        out->outcome = RS_FIT_N_TOO_SMALL;
    else
        fit_rows(self, out, n, rs_rank_column(&self->ranks, y, RS_RANK_Y),
                 rs_rank_column(&self->ranks, x, RS_RANK_X));
}

const struct rs_model rs_model_kendall = {
    .name = "kendall",
    .help = "Kendall's tau-b",
    .open = kendall_open,
    .fit = kendall_fit,
    .close = kendall_close,
};
