/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ADJUST_H
#define RS_ADJUST_H

#include "error.h"
#include "steps.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * p-values adjusted for the number of tests in one family of tests.
 *
 * All is in logarithms, so that a p of 1e-400 has its adjusted value too, and
 * p = 0 (a perfect fit) is a test with ln p = -infinity. NaN is no test. What
 * is kept of a family is, for each kind of adjustment, the step function from
 * p to adjusted p where that is below 1: few steps where most hypotheses are
 * true, at worst one for each test.
 *
 * m tests, p(1) <= ... <= p(m); tests of equal p get the same value. As R's
 * p.adjust and qvalue::qvalue:
 *   bonferroni  m p
 *   holm        largest (m + 1 - j) p(j) over j <= i    (Holm 1979)
 *   hochberg    least (m + 1 - j) p(j) over j >= i      (Hochberg 1988)
 *   bh          least m p(j) / j over j >= i   (Benjamini and Hochberg 1995)
 *   by          bh times 1 + 1/2 + ... + 1/m  (Benjamini and Yekutieli 2001)
 *   storey      bh times pi0, see storey.h     (Storey 2002)
 * each at most 1 (storey: bh at most 1 before it is multiplied).
 */
enum rs_adjust {
    RS_ADJUST_BONFERRONI,
    RS_ADJUST_HOLM,
    RS_ADJUST_HOCHBERG,
    RS_ADJUST_BH,
    RS_ADJUST_BY,
    RS_ADJUST_STOREY,
    RS_ADJUST_COUNT
};

struct rs_adjust_info {
    const char *name;   /* public name of the method */
    const char *column; /* of the results */
};

/* [RS_ADJUST_COUNT], indexed by enum rs_adjust. */
extern const struct rs_adjust_info rs_adjusts[RS_ADJUST_COUNT];

/* A set of methods has this bit for each. */
static inline unsigned rs_adjust_bit(enum rs_adjust method)
{
    return 1U << (unsigned)method;
}

/* Methods that share a step function: by and storey are multiples of bh;
 * bonferroni needs none. */
enum rs_steps_kind {
    RS_STEPS_HOLM,
    RS_STEPS_HOCHBERG,
    RS_STEPS_BH,
    RS_STEPS_COUNT
};

/* A family. Zeroed = without tests. Constant once made; any thread, and any
 * process forked later, may look things up. */
struct rs_adjust_curve {
    uint64_t m;           /* tests */
    double log_m;         /* ln m */
    double log_harmonic;  /* ln(1 + 1/2 + ... + 1/m) */
    double log_pi0;       /* ln of Storey's pi0; 0 where that is not sound */
    bool pi0_sound;       /* false: no sound estimate, taken as 1 */
    double log_p_largest; /* of the family; NaN without tests, as below */
    double log_p_median;  /* of the family; of two middle p: rs_log_p_middle */
    double distance;      /* adjusted values are at most this much too large,
                             relative; 0 = exact */
    unsigned methods;     /* set of methods it was made for */
    struct rs_steps *steps[RS_STEPS_COUNT]; /* NULL where not asked for */
};

/* How to make a curve. */
struct rs_adjust_ask {
    unsigned methods;    /* set of methods, rs_adjust_bit */
    unsigned n_threads;  /* 0 = 1 */
    uint64_t most_bytes; /* that the steps may take; UINT64_MAX = any */
    bool *over;          /* set when they would take more; NULL allowed */
};

/*
 * Makes the curve of a family.
 * curve  out  any content before; cleared on failure
 * log_p  in   [n] ln of p; NaN = no test
 * Owns: rs_adjust_clear frees what it holds.
 * Errors: RS_ERR_NOMEM, also when the steps would take more than most_bytes.
 * Notes: needs 8 n bytes while it runs, see sorted.h; a step takes 17 bytes
 * in each of the three kinds.
 */
enum rs_status rs_adjust_make(struct rs_adjust_curve *curve,
                              const double *log_p, size_t n,
                              const struct rs_adjust_ask *ask,
                              struct rs_error *err) RS_MUST_CHECK;

/* The same from m sorted values, rising, without NaN and without -0. */
enum rs_status rs_adjust_make_sorted(struct rs_adjust_curve *curve,
                                     const double *sorted, size_t m,
                                     const struct rs_adjust_ask *ask,
                                     struct rs_error *err) RS_MUST_CHECK;

/* Frees what it holds and zeroes it. */
void rs_adjust_clear(struct rs_adjust_curve *curve);

/* Bytes of the steps it holds. */
uint64_t rs_adjust_bytes(const struct rs_adjust_curve *curve);

/*
 * ln of the adjusted p.
 * method  in  one the curve was made for
 * log_p   in  of a test of the family, the very double. Between two tests
 *             the value of the next larger is given, beyond all that of
 *             p = 1.
 * Returns: <= 0; -infinity for p = 0; NaN without tests or for a NaN.
 */
double rs_adjust_log(const struct rs_adjust_curve *curve, enum rs_adjust method,
                     double log_p);

/* The same for all methods of the curve at once; NaN for the others.
 * out  out  [RS_ADJUST_COUNT] */
void rs_adjust_log_all(double *out, const struct rs_adjust_curve *curve,
                       double log_p);

/*
 * The largest ln p whose adjusted p is at most a level: a test is kept at that
 * level exactly if its ln p is at most this.
 * log_level  in  ln of the level
 * Returns: a ln p of the family (of bonferroni, and of a curve that is not
 * exact, a bound that need not be one of the family); NaN when there is none,
 * and then no comparison with it is true.
 */
double rs_adjust_log_p_max(const struct rs_adjust_curve *curve,
                           enum rs_adjust method, double log_level);

/*
 * Fills the fields that follow from the number of tests alone.
 * Not for use outside the makers of curves: see p_histogram.h for the other.
 */
void rs_adjust_begin(struct rs_adjust_curve *curve, uint64_t m,
                     unsigned methods);

/* True when a method of the set needs the kind. */
bool rs_adjust_needs(unsigned methods, enum rs_steps_kind kind);

#endif
