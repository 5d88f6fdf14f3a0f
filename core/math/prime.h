/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PRIME_H
#define RS_PRIME_H

#include <stdint.h>

/*
 * Arithmetic modulo the prime 2^61 - 1, which is exact: it tells a 0 from what
 * rounding leaves of one. All arguments are below RS_PRIME, and so are results.
 */
#define RS_PRIME (((uint64_t)1 << 61) - 1)

static inline uint64_t rs_prime_add(uint64_t a, uint64_t b)
{
    uint64_t sum = a + b;

    return sum >= RS_PRIME ? sum - RS_PRIME : sum;
}

static inline uint64_t rs_prime_sub(uint64_t a, uint64_t b)
{
    return a >= b ? a - b : a + RS_PRIME - b;
}

static inline uint64_t rs_prime_mul(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;

    return rs_prime_add((uint64_t)product & RS_PRIME,
                        (uint64_t)(product >> 61));
}

/* 1 / a; a is not 0. */
uint64_t rs_prime_inverse(uint64_t a);

#endif
