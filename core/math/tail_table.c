/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tail_table.h"

#include "mem.h"
#include "tail_table_shared.h"
#include "vector_code.h"

#include <stdlib.h>

/*
 * The method. With a = df/2 the two-sided tail is
 *     P = C int_r^1 (1 - s^2)^(a-1) ds = (1 - r^2)^a G(r),  P(r = 0) = 1
 * (Abramowitz and Stegun 26.5.1 and 26.5.27 at x = 1 - r^2). The power
 * holds all that grows; G falls as 1/r, like Mills' ratio, which it becomes
 * for large df. As Shepherd and Laframboise (1981) do with exp(x^2) erfc(x),
 * the fall is divided out and the half-line mapped to one interval,
 *     G = g / (1 + y),  y = r / c,  v = y / (1 + y),  c = KAPPA / sqrt(df),
 * and then one polynomial serves for all r:
 *     ln P = a ln(1 - r^2) - ln(1 + y) + v h(v),  h = ln(g) / v.
 * All three terms are negative, so nothing cancels, not even near P = 1.
 * KAPPA = 4 is about the best for all df: the coefficients of h in Chebyshev
 * polynomials are below 3e-16 from the 24th on, at df = 1e6 as at df = 1.
 */
enum { BLOCK = 128 };

/* A block of ln P, to where it overlaps nothing. */
RS_WIDE_INTEGER static void log_p_block(double *restrict out,
                                        const double *abs_r, const double *rest,
                                        size_t n,
                                        const struct rs_tail_table *table)
{
    const double *coef = table->coef;
    double half_df = table->half_df;
    double inv_c = table->inv_c;
    double w_scale = table->w_scale;

    for (size_t i = 0; i < n; i++) {
        double r = abs_r[i];
        double y = r * inv_c;
        double v = y / (1.0 + y);
        double far = log_of(1.0 + y, y < 0.41, y);
        double h = polynomial(coef, w_scale * v - 1.0);
        /* from 0, so that r = 0 gives 0 and not -0 */
        out[i] = 0.0 - ((far - v * h) - half_df * log_rest(r, rest[i]));
    }
}

void rs_tail_table_log_p(const struct rs_tail_table *table, double *log_p,
                         const double *abs_r, const double *rest, size_t n)
{
    double block[BLOCK];

    for (size_t i = 0; i < n; i += BLOCK) {
        size_t count = n - i < BLOCK ? n - i : BLOCK;
        log_p_block(block, abs_r + i, rest + i, count, table);
        memcpy(log_p + i, block, count * sizeof *block);
    }
}

/* ---- making a table ---------------------------------------------- */

/*
 * P' = -C (1 - r^2)^(a-1) gives (1 - r^2) G' = 2 a r G - C, and in terms of
 * u = (g - 1) / v, with s = 1 - v and Q = s^2 - c^2 v^2 = s^2 (1 - r^2),
 *     Q s v u' + (Q s - Q v - KAPPA^2 v^2) u + C c = Q + KAPPA^2 v.
 * It is singular at both ends, r = 0 and r = 1, and has one solution that is
 * smooth at both, for one value of C c: so u as a Chebyshev sum, with C c
 * as one more unknown, is collocated at the points cos(j pi / DEGREE).
 * That needs neither Gamma functions nor tails known already, and the
 * solution does not care how stiff the equation gets for large df.
 */
struct system {
    double node[N_COEF];               /* w_j, from 1 down to -1 */
    double v[N_COEF];                  /* the same points as v */
    double matrix[N_COEF][N_COEF + 1]; /* right side in the last column */
    double u[N_COEF];                  /* the solution; C c is the last */
};

/* cos(j pi / DEGREE) by its recurrence: all that matters is that the points
 * are about there, and the same everywhere. */
static void set_nodes(double node[N_COEF])
{
    double step = 0.99144486137381041114; /* cos(pi / 24) */

    _Static_assert(DEGREE == 24, "step is for 24");
    node[0] = 1.0;
    node[1] = step;
    for (size_t j = 2; j < DEGREE / 2; j++)
        node[j] = 2.0 * step * node[j - 1] - node[j - 2];
    node[DEGREE / 2] = 0.0;
    for (size_t j = 0; j < DEGREE / 2; j++)
        node[DEGREE - j] = -node[j];
}

/* Row j: the equation at node j. */
static void set_row(struct system *sys, size_t j, double c)
{
    double w = sys->node[j];
    double to_end = 0.5 * (1.0 - w); /* s - c v, without cancellation */
    double v = 0.5 * (1.0 + w) / (1.0 + c);
    double s = to_end + c * v;
    double q = to_end * (s + c * v);
    double slope = q * s * v * (2.0 * (1.0 + c)); /* dw/dv = 2 (1 + c) */
    double value = q * s - q * v - KAPPA * KAPPA * v * v;
    double t[2] = {1.0, w};    /* T_k, T_k+1 */
    double dt[2] = {0.0, 1.0}; /* their derivatives */

    sys->v[j] = v;
    for (size_t k = 0; k < DEGREE; k++) {
        double next_t = 2.0 * w * t[1] - t[0];
        double next_dt = 2.0 * t[1] + 2.0 * w * dt[1] - dt[0];
        sys->matrix[j][k] = slope * dt[0] + value * t[0];
        t[0] = t[1];
        t[1] = next_t;
        dt[0] = dt[1];
        dt[1] = next_dt;
    }
    sys->matrix[j][DEGREE] = 1.0;
    sys->matrix[j][N_COEF] = q + KAPPA * KAPPA * v;
}

/* Gauss with row exchange: a library's would take its own order of sums. */
static void eliminate(struct system *sys)
{
    double(*m)[N_COEF + 1] = sys->matrix;

    for (size_t k = 0; k < N_COEF; k++) {
        size_t pivot = k;
        for (size_t i = k + 1; i < N_COEF; i++)
            pivot = fabs(m[i][k]) > fabs(m[pivot][k]) ? i : pivot;
        for (size_t j = k; j <= N_COEF; j++) {
            double kept = m[k][j];
            m[k][j] = m[pivot][j];
            m[pivot][j] = kept;
        }
        for (size_t i = k + 1; i < N_COEF; i++) {
            double factor = m[i][k] / m[k][k];
            for (size_t j = k + 1; j <= N_COEF; j++)
                m[i][j] -= factor * m[k][j];
        }
    }
    for (size_t k = N_COEF; k-- > 0;) {
        double sum = m[k][N_COEF];
        for (size_t j = k + 1; j < N_COEF; j++)
            sum -= m[k][j] * sys->u[j];
        sys->u[k] = sum / m[k][k];
    }
}

/* h = ln(1 + v u) / v at node j. */
static double h_at(const struct system *sys, size_t j)
{
    double w = sys->node[j];
    double v = sys->v[j];
    double b[2] = {0.0, 0.0}; /* Clenshaw's sums */
    double u = 0.0;

    for (size_t k = DEGREE; k-- > 1;) {
        double next = sys->u[k] + 2.0 * w * b[0] - b[1];
        b[1] = b[0];
        b[0] = next;
    }
    u = sys->u[0] + w * b[0] - b[1];
    return v == 0.0 ? u : log_of(1.0 + v * u, v * u > -0.29, v * u) / v;
}

/* Powers of w from the values at the nodes, by way of Chebyshev's
 * polynomials (Abramowitz and Stegun 22.7.4). */
static void set_powers(double power[N_COEF], const double value[N_COEF],
                       const double node[N_COEF])
{
    double t[3][N_COEF] = {{1.0}, {0.0, 1.0}}; /* T_k, T_k+1, T_k+2 */

    memset(power, 0, N_COEF * sizeof *power);
    for (size_t k = 0; k < N_COEF; k++) {
        double sum = 0.0;
        for (size_t j = 0; j < N_COEF; j++) {
            size_t turn = j * k % (2 * (size_t)DEGREE);
            double cosine = node[turn <= DEGREE ? turn : 2 * DEGREE - turn];
            sum += (j % DEGREE == 0 ? 0.5 : 1.0) * value[j] * cosine;
        }
        sum *= (k % DEGREE == 0 ? 1.0 : 2.0) / DEGREE;
        for (size_t i = 0; i < N_COEF; i++) {
            power[i] += sum * t[0][i];
            t[2][i] = (i > 0 ? 2.0 * t[1][i - 1] : 0.0) - t[0][i];
        }
        memmove(t[0], t[1], 2 * sizeof t[0]);
    }
}

enum rs_status rs_tail_table_new(struct rs_tail_table **out, double df,
                                 struct rs_error *err)
{
    struct rs_tail_table *table = NULL;
    struct system sys;
    double value[N_COEF];
    double c = 0.0;

    *out = NULL;
    if (!(df >= 1.0) || !(df <= DBL_MAX))
        return rs_error_set(err, RS_ERR_INTERNAL,
                            "no table of tails for %g degrees of freedom", df);
    table = rs_alloc(1, sizeof *table, err);
    if (table == NULL)
        return RS_ERR_NOMEM;
    c = KAPPA / sqrt(df);
    table->df = df;
    table->half_df = 0.5 * df;
    table->inv_c = 1.0 / c;
    table->w_scale = 2.0 * (1.0 + c);
    set_nodes(sys.node);
    for (size_t j = 0; j < N_COEF; j++)
        set_row(&sys, j, c);
    eliminate(&sys);
    for (size_t j = 0; j < N_COEF; j++)
        value[j] = h_at(&sys, j);
    set_powers(table->coef, value, sys.node);
    *out = table;
    return RS_OK;
}

void rs_tail_table_free(struct rs_tail_table *table)
{
    free(table);
}

double rs_tail_table_df(const struct rs_tail_table *table)
{
    return table->df;
}
