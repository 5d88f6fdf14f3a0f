/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TAIL_TABLE_SHARED_H
#define RS_TAIL_TABLE_SHARED_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A table of tails from within (see tail_table.c), and elementary functions
 * for loops that become vectors. */
#define KAPPA 4.0
enum { DEGREE = 24, N_COEF = DEGREE + 1 };

struct rs_tail_table {
    double df;
    double half_df;
    double inv_c;        /* y = r inv_c */
    double w_scale;      /* w = w_scale v - 1 in [-1, 1] */
    double coef[N_COEF]; /* h as powers of w */
};

static const double ln2_high = 0x1.62e42feep-1; /* k ln2_high is exact */
static const double ln2_low = 0x1.a39ef35793c76p-33;

static inline uint64_t bits_of(double x)
{
    uint64_t bits = 0;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double of_bits(uint64_t bits)
{
    double x = 0.0;

    memcpy(&x, &bits, sizeof x);
    return x;
}

/* yes ? a : b without a branch: the compiler may not compute both sides of a
 * conditional that could raise a floating-point flag, and not vectorise. */
static inline double choose(bool yes, double a, double b)
{
    uint64_t mask = -(uint64_t)yes;

    return of_bits((bits_of(a) & mask) | (bits_of(b) & ~mask));
}

/*
 * ln x for normal x > 0; where `near`, x is about 1 and ln(1 + d) is given
 * instead, d in [sqrt(1/2) - 1, sqrt(2) - 1]: relative accuracy near 1.
 * ln(1 + f) = 2 atanh(f / (2 + f)) (Abramowitz and Stegun 4.1.27), with f
 * taken out of the sum as in fdlibm, so that only what is small is rounded.
 */
static inline double log_of(double x, bool near, double d)
{
    const uint64_t root_half = 0x3fe6a09e667f3bcd; /* sqrt(1/2) */
    const uint64_t one = 0x3ff0000000000000;
    const uint64_t mantissa = 0x000fffffffffffff;
    const uint64_t magic = 0x4330000000000000; /* 2^52: integers as doubles */
    uint64_t shifted = bits_of(x) + (one - root_half);
    double m = of_bits((shifted & mantissa) + root_half);
    double e = of_bits((shifted >> 52) | magic) - (0x1p52 + 1023.0);
    double f = choose(near, d, m - 1.0);
    double k = choose(near, 0.0, e);
    double s = f / (2.0 + f);
    double z = s * s;
    double z2 = z * z;
    double z4 = z2 * z2;
    double half_square = 0.5 * f * f;
    double r03 = (2.0 / 3 + 2.0 / 5 * z) + (2.0 / 7 + 2.0 / 9 * z) * z2;
    double r47 = (2.0 / 11 + 2.0 / 13 * z) + (2.0 / 15 + 2.0 / 17 * z) * z2;
    double r = z * (r03 + (r47 + 2.0 / 19 * z4) * z4);

    return k * ln2_high -
           ((half_square - (s * (half_square + r) + k * ln2_low)) - f);
}

/* h at w: powers apart by their rest modulo 4, for four short chains. */
static inline double polynomial(const double *coef, double w)
{
    double w2 = w * w;
    double w4 = w2 * w2;
    double p0 = coef[24];
    double p1 = coef[21];
    double p2 = coef[22];
    double p3 = coef[23];

    p0 = p0 * w4 + coef[20];
    p1 = p1 * w4 + coef[17];
    p2 = p2 * w4 + coef[18];
    p3 = p3 * w4 + coef[19];
    p0 = p0 * w4 + coef[16];
    p1 = p1 * w4 + coef[13];
    p2 = p2 * w4 + coef[14];
    p3 = p3 * w4 + coef[15];
    p0 = p0 * w4 + coef[12];
    p1 = p1 * w4 + coef[9];
    p2 = p2 * w4 + coef[10];
    p3 = p3 * w4 + coef[11];
    p0 = p0 * w4 + coef[8];
    p1 = p1 * w4 + coef[5];
    p2 = p2 * w4 + coef[6];
    p3 = p3 * w4 + coef[7];
    p0 = p0 * w4 + coef[4];
    p1 = p1 * w4 + coef[1];
    p2 = p2 * w4 + coef[2];
    p3 = p3 * w4 + coef[3];
    p0 = p0 * w4 + coef[0];
    return (p0 + p1 * w) + (p2 + p3 * w) * w2;
}

/* ln(1 - r^2) from whichever of r and rest has the digits. */
static inline double log_rest(double r, double rest)
{
    double square = r * r;
    bool near = square < 0.29; /* 1 - square > sqrt(1/2) */
    bool tiny = rest < DBL_MIN;
    double log = log_of(choose(tiny, rest * 0x1p54, rest), near, -square) -
                 choose(tiny, 54.0 * 0.69314718055994530942, 0.0);

    return choose(rest > 0.0, log, choose(rest == 0.0, -INFINITY, NAN));
}

#endif
