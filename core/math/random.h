/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RANDOM_H
#define RS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Random numbers that are a function of their place: word i of stream s of
 * seed k is the same whoever asks for it and whatever was asked before, so
 * that no result depends on the number of workers.
 *
 * Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011): a bijection of a
 * 128-bit counter under a 64-bit key. The key is the seed; the counter is the
 * number of the block, what the stream is for, and its number.
 */
enum rs_random_use { RS_RANDOM_PERMUTE = 1, RS_RANDOM_BOOTSTRAP = 2 };

enum { RS_RANDOM_BUFFER = 64 }; /* words, a multiple of 4 */

struct rs_random {
    uint64_t seed;
    uint64_t stream;
    uint32_t use;
    uint32_t block; /* that is made next: a stream has 2^32 of 4 words */
    unsigned at;    /* next word of the buffer */
    uint32_t words[RS_RANDOM_BUFFER];
};

/* One block: the four words that a counter gives under a key. For tests. */
void rs_random_block(uint32_t out[4], const uint32_t counter[4],
                     const uint32_t key[2]);

/* Puts a generator to the beginning of a stream. */
void rs_random_start(struct rs_random *random, uint64_t seed,
                     enum rs_random_use use, uint64_t stream);

/* Makes the next words; for rs_random_bits. */
void rs_random_refill(struct rs_random *random);

/* The next 32 bits. */
static inline uint32_t rs_random_bits(struct rs_random *random)
{
    if (random->at == RS_RANDOM_BUFFER)
        rs_random_refill(random);
    return random->words[random->at++];
}

/*
 * A whole number in [0, n), each equally likely, n > 0.
 * Notes: multiplication and rejection (Lemire 2019); nearly always one word.
 */
static inline uint32_t rs_random_below(struct rs_random *random, uint32_t n)
{
    uint64_t product = (uint64_t)rs_random_bits(random) * n;

    if ((uint32_t)product < n) {
        uint32_t least = (uint32_t)(0U - n) % n;
        while ((uint32_t)product < least)
            product = (uint64_t)rs_random_bits(random) * n;
    }
    return (uint32_t)(product >> 32);
}

/* A permutation of 0 .. n - 1, each equally likely (Fisher and Yates).
 * out  out  [n] */
void rs_random_permutation(uint32_t *out, uint32_t n, struct rs_random *random);

#endif
