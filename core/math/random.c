/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random.h"

#include "vector_code.h"

enum { ROUNDS = 10, LANES = RS_RANDOM_BUFFER / 4 };

static const uint32_t multiplier[2] = {0xD2511F53U, 0xCD9E8D57U};
static const uint32_t weyl[2] = {0x9E3779B9U, 0xBB67AE85U};

/* Neighbouring blocks, word by word: c[w][i] is word w of block i. */
RS_WIDE_INTEGER static void make_blocks(uint32_t c[4][LANES], uint32_t key0,
                                        uint32_t key1)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < LANES; i++) {
            uint64_t a = (uint64_t)multiplier[0] * c[0][i];
            uint64_t b = (uint64_t)multiplier[1] * c[2][i];
            c[0][i] = (uint32_t)(b >> 32) ^ c[1][i] ^ key0;
            c[1][i] = (uint32_t)b;
            c[2][i] = (uint32_t)(a >> 32) ^ c[3][i] ^ key1;
            c[3][i] = (uint32_t)a;
        }
        key0 += weyl[0];
        key1 += weyl[1];
    }
}

void rs_random_block(uint32_t out[4], const uint32_t counter[4],
                     const uint32_t key[2])
{
    uint32_t c[4][LANES] = {{0}};

    for (size_t w = 0; w < 4; w++)
        c[w][0] = counter[w];
    make_blocks(c, key[0], key[1]);
    for (size_t w = 0; w < 4; w++)
        out[w] = c[w][0];
}

void rs_random_start(struct rs_random *random, uint64_t seed,
                     enum rs_random_use use, uint64_t stream)
{
    random->seed = seed;
    random->stream = stream;
    random->use = (uint32_t)use;
    random->block = 0;
    random->at = RS_RANDOM_BUFFER;
}

void rs_random_refill(struct rs_random *random)
{
    uint32_t c[4][LANES];

    for (size_t i = 0; i < LANES; i++) {
        c[0][i] = random->block + (uint32_t)i;
        c[1][i] = random->use;
        c[2][i] = (uint32_t)random->stream;
        c[3][i] = (uint32_t)(random->stream >> 32);
    }
    make_blocks(c, (uint32_t)random->seed, (uint32_t)(random->seed >> 32));
    for (size_t i = 0; i < LANES; i++)
        for (size_t w = 0; w < 4; w++)
            random->words[4 * i + w] = c[w][i];
    random->block += LANES;
    random->at = 0;
}

void rs_random_permutation(uint32_t *out, uint32_t n, struct rs_random *random)
{
    for (uint32_t i = 0; i < n; i++)
        out[i] = i;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = rs_random_below(random, i);
        uint32_t last = out[i - 1];
        out[i - 1] = out[j];
        out[j] = last;
    }
}
