/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elimination.h"
#include "made_data.h"
#include "prime.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Elimination by minimum degree against that with all but the largest factor
 * as a dense core: the same rank and the same solutions; and both against the
 * matrix itself.
 */
enum { ROWS = 700, N = 260 };

struct setup {
    size_t n;
    double diagonal[N];
    uint64_t residue[N];
    double cell[N][N];
    uint64_t cell_residue[N][N];
    struct rs_cells cells;
    struct rs_normal_matrix matrix;
};

static void add_row(struct setup *s, const size_t *nodes, size_t n_factors,
                    double weight, uint64_t residue)
{
    for (size_t f = 0; f < n_factors; f++) {
        size_t a = nodes[f];
        s->diagonal[a] += weight;
        s->residue[a] = rs_prime_add(s->residue[a], residue);
        for (size_t h = f + 1; h < n_factors; h++) {
            uint64_t *r = &s->cell_residue[a][nodes[h]];
            s->cell[a][nodes[h]] += weight;
            *r = rs_prime_add(*r, residue);
        }
    }
}

/* Levels that are no further apart than `width` meet, in `parts` parts. */
static void setup_init(struct setup *s, size_t n_factors, size_t parts,
                       double width)
{
    static const size_t levels[] = {130, 100, 30};
    uint64_t seed = 3 + parts;

    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < ROWS; i++) {
        double part = (double)(i % parts);
        double at = made_uniform(&seed) * (1.0 - width);
        size_t nodes[3] = {0};
        size_t first = 0;
        for (size_t f = 0; f < n_factors; f++) {
            double place =
                (part + at + width * made_uniform(&seed)) / (double)parts;
            nodes[f] = first + (size_t)(place * (double)levels[f]);
            first += levels[f];
        }
        s->n = first;
        add_row(s, nodes, n_factors, exp(2.0 * made_normal(&seed)),
                1 + (uint64_t)(made_uniform(&seed) * 1e15));
    }
    ck_assert_int_eq(rs_cells_init(&s->cells, N * N, n_factors > 2, NULL),
                     RS_OK);
    s->cells.n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t j = i + 1; j < s->n; j++)
            if (s->cell[i][j] != 0.0) {
                size_t c = s->cells.n++;
                s->cells.i[c] = i;
                s->cells.j[c] = j;
                s->cells.weights[c] = s->cell[i][j];
                if (n_factors > 2)
                    s->cells.residue[c] = s->cell_residue[i][j];
            }
    s->matrix = (struct rs_normal_matrix){
        .n = s->n,
        .first = 0,
        .n_first = levels[0],
        .diagonal = s->diagonal,
        .residue = n_factors > 2 ? s->residue : NULL,
        .cells = &s->cells,
    };
}

/* out = A x */
static void multiply(double *out, const struct setup *s, const double *x)
{
    for (size_t i = 0; i < s->n; i++) {
        out[i] = s->diagonal[i] * x[i];
        for (size_t j = 0; j < s->n; j++)
            out[i] += s->cell[i < j ? i : j][i < j ? j : i] * x[j];
    }
}

static void check_solution(const struct setup *s,
                           const struct rs_elimination *e, double *length)
{
    double x[N];
    double t[N];
    double back[N];
    double work[RS_ELIMINATION_WORK * N];
    uint64_t seed = 9;
    double product = 0.0;

    for (size_t i = 0; i < s->n; i++)
        x[i] = made_normal(&seed);
    multiply(t, s, x);
    memcpy(x, t, sizeof x);
    rs_elimination_solve(e, x, work);
    multiply(back, s, x);
    for (size_t i = 0; i < s->n; i++) {
        ck_assert_double_le(fabs(back[i] - t[i]),
                            1e-11 * (fabs(t[i]) + s->diagonal[i]));
        product += x[i] * t[i];
    }
    *length = rs_elimination_length(e, t, work);
    ck_assert_double_le(fabs(*length - product), 1e-11 * product);
}

static void check_null(const struct setup *s, const struct rs_elimination *e)
{
    const uint32_t *nodes = NULL;
    size_t n = rs_elimination_dependent(e, &nodes);
    double x[N];
    double back[N];
    double work[RS_ELIMINATION_WORK * N];

    for (size_t d = 0; d < n; d++) {
        rs_elimination_null(e, nodes[d], x, work);
        for (size_t k = 0; k < n; k++)
            ck_assert_double_eq(x[nodes[k]], k == d ? 1.0 : 0.0);
        multiply(back, s, x);
        for (size_t i = 0; i < s->n; i++)
            ck_assert_double_le(fabs(back[i]), 1e-11 * s->diagonal[i]);
    }
}

static const struct {
    size_t n_factors, parts;
    double width;
} shapes[] = {{2, 1, 0.02}, {2, 4, 0.02}, {2, 1, 0.99},
              {3, 1, 0.02}, {3, 4, 0.02}, {3, 1, 0.99}};

START_TEST(both_ways)
{
    static struct setup s;
    size_t dependent[2];
    double length[2];

    setup_init(&s, shapes[_i].n_factors, shapes[_i].parts, shapes[_i].width);
    for (int way = 0; way < 2; way++) {
        struct rs_elimination *e = NULL;
        const uint32_t *nodes = NULL;
        s.matrix.most_core = way == 0 ? 0 : N;
        ck_assert_int_eq(rs_elimination_new(&e, &s.matrix, NULL), RS_OK);
        ck_assert(rs_elimination_is_sound(e));
        dependent[way] = rs_elimination_dependent(e, &nodes);
        check_solution(&s, e, &length[way]);
        if (shapes[_i].n_factors > 2)
            check_null(&s, e);
        rs_elimination_free(e);
    }
    ck_assert_uint_eq(dependent[0], dependent[1]);
    ck_assert_uint_ge(dependent[0],
                      (shapes[_i].n_factors - 1) * shapes[_i].parts);
    ck_assert_double_le(fabs(length[0] - length[1]), 1e-11 * length[0]);
    rs_cells_clear(&s.cells);
}
END_TEST

static const struct suite_test tests[] = {
    {&both_ways, sizeof shapes / sizeof shapes[0]},
};
SUITE(elimination, tests)
