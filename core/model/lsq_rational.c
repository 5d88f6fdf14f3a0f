/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lsq_rational.h"

#include "mem.h"

#include <gmp.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* A double-double has 106 bits; sums of many rows and their products need
 * some of them. */
static const double wide_part = 0x1p-40;

/* Products of rows that may be made: a second or two. */
static const double most_products = 1e7;

enum { MANTISSA = 53 };

bool rs_lsq_is_wide(const struct rs_lsq_column *column)
{
    if (column->shift != 0.0 || column->absorbed)
        return false; /* all within a factor of 2 */
    for (size_t i = 0; i < column->n; i++) {
        double size = fabs(column->shifted[i]);
        if (size > 0.0 && size < wide_part)
            return true;
    }
    return false;
}

/* Numbers as integers: number = integer 2^exponent. */
struct integers {
    struct rs_lsq_rows rows; /* [n] less the shift; hi NULL: ones */
    double shift;
    int exponent;
};

/* Lowers the exponent to that of a number's last bit. */
static void lower(int *least, double value)
{
    int exponent = 0;

    (void)frexp(value, &exponent);
    if (value != 0.0 && exponent - MANTISSA < *least)
        *least = exponent - MANTISSA;
}

static struct integers integers_of(struct rs_lsq_rows rows, double shift,
                                   size_t n)
{
    struct integers out = {rows, shift, rows.hi == NULL ? 0 : INT_MAX};

    for (size_t i = 0; rows.hi != NULL && i < n; i++) {
        lower(&out.exponent, rows.hi[i]);
        lower(&out.exponent, rows.lo == NULL ? 0.0 : rows.lo[i]);
        lower(&out.exponent, shift);
    }
    return out;
}

/* sum += value, as an integer. */
static void add(mpz_t sum, mpz_t room, double value, int least)
{
    int exponent = 0;
    double part = frexp(value, &exponent);

    mpz_set_d(room, ldexp(part, MANTISSA));
    if (part != 0.0)
        mpz_mul_2exp(room, room, (mp_bitcnt_t)(exponent - MANTISSA - least));
    mpz_add(sum, sum, room);
}

/* Integer number i. */
static void get(mpz_t out, mpz_t room, const struct integers *integers,
                size_t i)
{
    const struct rs_lsq_rows *rows = &integers->rows;

    mpz_set_ui(out, rows->hi == NULL ? 1 : 0);
    if (rows->hi == NULL)
        return;
    add(out, room, rows->hi[i], integers->exponent);
    add(out, room, integers->shift, integers->exponent);
    if (rows->lo != NULL)
        add(out, room, rows->lo[i], integers->exponent);
}

/* The normal equations: p unknowns, the intercept last, then y. */
struct equations {
    size_t p;
    struct integers *parts; /* [p + 1] */
    mpz_t *row;             /* [p + 1] */
    mpz_t *a;               /* [p][p + 1] */
};

static void clear(struct equations *e)
{
    for (size_t j = 0; e->row != NULL && j <= e->p; j++)
        mpz_clear(e->row[j]);
    for (size_t j = 0; e->a != NULL && j < e->p * (e->p + 1); j++)
        mpz_clear(e->a[j]);
    free(e->parts);
    free(e->row);
    free(e->a);
}

static bool init(struct equations *e, size_t k)
{
    e->p = k + 1;
    e->parts = rs_alloc(e->p + 1, sizeof *e->parts, NULL);
    e->row = rs_alloc(e->p + 1, sizeof *e->row, NULL);
    e->a = rs_alloc(e->p * (e->p + 1), sizeof *e->a, NULL);
    for (size_t j = 0; e->row != NULL && j <= e->p; j++)
        mpz_init(e->row[j]);
    for (size_t j = 0; e->a != NULL && j < e->p * (e->p + 1); j++)
        mpz_init(e->a[j]);
    return e->parts != NULL && e->row != NULL && e->a != NULL;
}

static void add_rows(struct equations *e, const double *weight, size_t n)
{
    const struct integers weights =
        integers_of((struct rs_lsq_rows){weight, NULL}, 0.0, n);
    size_t wide = e->p + 1;
    mpz_t w, room;

    mpz_init(w);
    mpz_init(room);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < wide; j++)
            get(e->row[j], room, &e->parts[j], i);
        for (size_t a = 0; a < e->p; a++) {
            get(w, room, &weights, i);
            mpz_mul(w, w, e->row[a]);
            for (size_t b = a; b < wide; b++)
                mpz_addmul(e->a[a * wide + b], w, e->row[b]);
        }
    }
    for (size_t a = 0; a < e->p; a++)
        for (size_t b = 0; b < a; b++)
            mpz_set(e->a[a * wide + b], e->a[b * wide + a]);
    mpz_clear(room);
    mpz_clear(w);
}

/* Eliminates all unknowns but the last; false when one is a combination of
 * those before. */
static bool eliminate(struct equations *e)
{
    size_t wide = e->p + 1;
    mpz_t before, product;
    bool sound = true;

    mpz_init_set_ui(before, 1);
    mpz_init(product);
    for (size_t k = 0; k + 1 < e->p && sound; k++) {
        mpz_t *pivot = &e->a[k * wide + k];
        sound = mpz_sgn(*pivot) != 0;
        for (size_t i = k + 1; i < e->p && sound; i++) {
            for (size_t j = k + 1; j < wide; j++) {
                mpz_t *cell = &e->a[i * wide + j];
                mpz_mul(*cell, *cell, *pivot);
                mpz_mul(product, e->a[i * wide + k], e->a[k * wide + j]);
                mpz_sub(*cell, *cell, product);
                mpz_divexact(*cell, *cell, before);
            }
        }
        mpz_set(before, *pivot);
    }
    mpz_clear(before);
    mpz_clear(product);
    return sound && mpz_sgn(e->a[e->p * wide - 2]) != 0;
}

/* The last unknown times 2^exponent. */
static double last_unknown(struct equations *e, int exponent)
{
    mpz_t *pair = &e->a[e->p * (e->p + 1) - 2];
    double value = 0.0;
    mpq_t ratio;

    mpq_init(ratio);
    mpz_set(mpq_numref(ratio), pair[1]);
    mpz_set(mpq_denref(ratio), pair[0]);
    mpq_canonicalize(ratio);
    if (exponent < 0)
        mpq_div_2exp(ratio, ratio, (mp_bitcnt_t)-exponent);
    else
        mpq_mul_2exp(ratio, ratio, (mp_bitcnt_t)exponent);
    value = mpq_get_d(ratio);
    mpq_clear(ratio);
    return value;
}

bool rs_lsq_rational_intercept(double *out,
                               const struct rs_lsq_column *const *columns,
                               size_t k, const struct rs_lsq_column *y)
{
    struct equations e = {0};
    size_t n = y->n;
    bool found = false;

    if ((double)n * (double)((k + 2) * (k + 2)) > most_products)
        return false;
    if (init(&e, k)) {
        for (size_t j = 0; j < k; j++)
            e.parts[j] = integers_of(rs_lsq_column_rows(columns[j]),
                                     columns[j]->shift, n);
        e.parts[k] = integers_of((struct rs_lsq_rows){NULL, NULL}, 0.0, n);
        e.parts[k + 1] = integers_of(rs_lsq_column_rows(y), y->shift, n);
        add_rows(&e, y->weight, n);
        found = eliminate(&e);
    }
    if (found)
        *out = last_unknown(&e, e.parts[k + 1].exponent);
    clear(&e);
    return found;
}
