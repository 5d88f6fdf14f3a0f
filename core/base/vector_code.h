/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VECTOR_CODE_H
#define RS_VECTOR_CODE_H

/*
 * RS_WIDE, RS_WIDE_INTEGER: a function whose loops are compiled for several
 * vector widths and chosen at run time; the second for loops with 64-bit
 * integers, which vectors of 256 bits have only since AVX2. Every version does
 * the same operations in the same order (contraction is off), so the bits are
 * the same. Sanitizers do not get along with the resolver.
 */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&         \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&         \
    !defined(RS_NO_CLONES)
#define RS_WIDE __attribute__((target_clones("avx512f", "fma", "default")))
#define RS_WIDE_INTEGER                                                        \
    __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define RS_WIDE
#define RS_WIDE_INTEGER
#endif

#endif
