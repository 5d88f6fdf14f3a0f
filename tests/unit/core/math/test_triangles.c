/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "triangles.h"

#include "made_data.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <string.h>

enum { K = 4, SETS = 21, CORNERS = K * (K + 1) / 2, ROWS = 9 };

/* Some rows first, and then the others: the same bits. */
static void check_pieces(const double *factor, const double *solved,
                         const double *g, const double *u)
{
    double pieces[CORNERS * SETS];
    double some[K * SETS];

    memcpy(pieces, g, sizeof pieces);
    memcpy(some, u, sizeof some);
    rs_triangles_factorise(pieces, 2, SETS);
    rs_triangles_extend(pieces, 2, K, SETS);
    ck_assert_mem_eq(pieces, factor, sizeof pieces);
    rs_triangles_forward(some, factor, 1, SETS);
    rs_triangles_go_on(some, factor, 1, K, SETS);
    ck_assert_mem_eq(some, solved, sizeof some);
}

/* Row `dropped` of the systems is a combination of those before; K: none. */
static void check_systems(size_t dropped)
{
    double g[CORNERS * SETS];
    double factor[CORNERS * SETS];
    double u[K * SETS];
    double solved[K * SETS];
    uint64_t state = 3 + dropped;

    for (size_t s = 0; s < SETS; s++) {
        double z[ROWS][K];
        for (size_t r = 0; r < ROWS; r++) {
            for (size_t i = 0; i < K; i++)
                z[r][i] = made_normal(&state);
            if (dropped < K)
                z[r][dropped] = z[r][0] - (dropped > 1 ? 2.0 * z[r][1] : 0.0);
        }
        for (size_t i = 0; i < K; i++) {
            u[i * SETS + s] = 0.0;
            for (size_t r = 0; r < ROWS; r++)
                u[i * SETS + s] += z[r][i] * z[r][(i + s) % K];
            for (size_t j = 0; j <= i; j++) {
                double sum = 0.0;
                for (size_t r = 0; r < ROWS; r++)
                    sum += z[r][i] * z[r][j];
                g[rs_triangle_corner(i, j) * SETS + s] = sum;
            }
        }
    }
    memcpy(factor, g, sizeof g);
    memcpy(solved, u, sizeof u);
    rs_triangles_factorise(factor, K, SETS);
    rs_triangles_forward(solved, factor, K, SETS);
    check_pieces(factor, solved, g, u);
    for (size_t s = 0; s < SETS; s++) {
        double a[K];
        rs_triangles_backward(a, solved, factor, K, SETS, s);
        for (size_t i = 0; i < K; i++) {
            double sum = 0.0;
            if (i == dropped) {
                ck_assert_double_eq(a[i], 0.0);
                continue;
            }
            for (size_t j = 0; j < K; j++)
                sum += a[j] * g[(i > j ? rs_triangle_corner(i, j)
                                       : rs_triangle_corner(j, i)) *
                                    SETS +
                                s];
            ck_assert_double_eq_tol(sum, u[i * SETS + s], 1e-8);
        }
    }
}

START_TEST(test_solutions)
{
    check_systems(K);
}
END_TEST

START_TEST(test_dropped)
{
    check_systems((size_t)_i + 1);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_solutions, 1},
    {&test_dropped, K - 1},
};
SUITE(triangles, tests)
