/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_DD_H
#define RS_DD_H

#include <math.h>

/*
 * Double-double arithmetic: a number as the unevaluated sum hi + lo with
 * |lo| <= ulp(hi) / 2, about 32 decimal digits. Error-free transformations
 * after Dekker (1971) and Knuth; see Hida, Li and Bailey (2001). Must be
 * compiled without contraction (-ffp-contract=off) and without -ffast-math.
 */
struct rs_dd {
    double hi, lo;
};

static inline struct rs_dd rs_dd_of(double a)
{
    return (struct rs_dd){a, 0.0};
}

/* a + b exactly. */
static inline struct rs_dd rs_two_sum(double a, double b)
{
    double s = a + b;
    double z = s - a;

    return (struct rs_dd){s, (a - (s - z)) + (b - z)};
}

/* a + b exactly when |a| >= |b|. */
static inline struct rs_dd rs_fast_two_sum(double a, double b)
{
    double s = a + b;

    return (struct rs_dd){s, b - (s - a)};
}

/* a b exactly. */
static inline struct rs_dd rs_two_product(double a, double b)
{
    double p = a * b;

    return (struct rs_dd){p, fma(a, b, -p)};
}

static inline struct rs_dd rs_dd_add(struct rs_dd a, struct rs_dd b)
{
    struct rs_dd s = rs_two_sum(a.hi, b.hi);
    struct rs_dd t = rs_two_sum(a.lo, b.lo);

    s = rs_fast_two_sum(s.hi, s.lo + t.hi);
    return rs_fast_two_sum(s.hi, s.lo + t.lo);
}

static inline struct rs_dd rs_dd_neg(struct rs_dd a)
{
    return (struct rs_dd){-a.hi, -a.lo};
}

static inline struct rs_dd rs_dd_sub(struct rs_dd a, struct rs_dd b)
{
    return rs_dd_add(a, rs_dd_neg(b));
}

static inline struct rs_dd rs_dd_mul(struct rs_dd a, struct rs_dd b)
{
    struct rs_dd p = rs_two_product(a.hi, b.hi);

    return rs_fast_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline struct rs_dd rs_dd_scale(struct rs_dd a, double b)
{
    struct rs_dd p = rs_two_product(a.hi, b);

    return rs_fast_two_sum(p.hi, p.lo + a.lo * b);
}

/* b must not be 0. */
static inline struct rs_dd rs_dd_div(struct rs_dd a, struct rs_dd b)
{
    double q1 = a.hi / b.hi;
    struct rs_dd r = rs_dd_sub(a, rs_dd_scale(b, q1));
    double q2 = r.hi / b.hi;
    double q3 = 0.0;

    r = rs_dd_sub(r, rs_dd_scale(b, q2));
    q3 = r.hi / b.hi;
    return rs_dd_add(rs_fast_two_sum(q1, q2), rs_dd_of(q3));
}

/* a >= 0. */
static inline struct rs_dd rs_dd_sqrt(struct rs_dd a)
{
    double x = 0.0;
    struct rs_dd rest;

    if (!(a.hi > 0.0))
        return rs_dd_of(0.0);
    x = sqrt(a.hi); /* one Newton step doubles its digits */
    rest = rs_dd_sub(a, rs_two_product(x, x));
    return rs_fast_two_sum(x, rest.hi / (2.0 * x));
}

static inline double rs_dd_double(struct rs_dd a)
{
    return a.hi + a.lo;
}

#endif
