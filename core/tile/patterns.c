/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "patterns.h"

#include "cholesky.h"
#include "mem.h"
#include "tile_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- finding patterns -------------------------------------------- */

static uint64_t hash_bits(const uint64_t *bits, size_t n_words)
{
    uint64_t hash = 0x9e3779b97f4a7c15U;

    for (size_t i = 0; i < n_words; i++) {
        hash = (hash ^ bits[i]) * 0xff51afd7ed558ccdU;
        hash ^= hash >> 32;
    }
    return hash;
}

/* The bits of `valid` at the rows of the basis, moved together. */
static void compact(uint64_t *out, size_t n_words, const uint64_t *valid,
                    const struct rs_base_columns *base)
{
    size_t at = 0;

    memset(out, 0, n_words * sizeof *out);
    for (size_t i = 0; i < base->n_words; i++) {
        uint64_t rows = base->rows[i];
        if (rows == UINT64_MAX && at % 64 == 0) { /* as they are */
            out[at / 64] = valid[i];
            at += 64;
            continue;
        }
        for (; rows != 0; rows &= rows - 1) {
            uint64_t bit = valid[i] >> __builtin_ctzll(rows) & 1;
            out[at / 64] |= bit << (at % 64);
            at++;
        }
    }
}

static enum rs_status grow_table(struct rs_patterns *all, struct rs_error *err)
{
    size_t n_slots = all->n_slots == 0 ? 256 : 2 * all->n_slots;
    uint32_t *slots = rs_alloc(n_slots, sizeof *slots, err);

    if (slots == NULL)
        return RS_ERR_NOMEM;
    for (size_t p = 0; p < all->n_patterns; p++) {
        size_t at = hash_bits(all->patterns[p].bits, all->n_words) % n_slots;
        while (slots[at] != 0)
            at = (at + 1) % n_slots;
        slots[at] = (uint32_t)p + 1;
    }
    free(all->slots);
    all->slots = slots;
    all->n_slots = n_slots;
    return RS_OK;
}

/* The slot where a pattern is, or where it belongs. */
static uint32_t *find_slot(const struct rs_patterns *all, const uint64_t *bits)
{
    size_t at = hash_bits(bits, all->n_words) % all->n_slots;

    while (all->slots[at] != 0 &&
           memcmp(all->patterns[all->slots[at] - 1].bits, bits,
                  all->n_words * sizeof *bits) != 0)
        at = (at + 1) % all->n_slots;
    return &all->slots[at];
}

/* Gram matrix over the rows that are there: of all rows it is the identity,
 * and the few that are missing are subtracted; few rows are added up. */
static void find_gram(struct rs_pattern *pattern, const struct rs_basis *basis)
{
    size_t c = basis->n_vectors;
    bool subtract = pattern->n_missing <= basis->n / 2;

    for (size_t a = 0; a < c; a++)
        for (size_t b = 0; b <= a; b++) {
            const double *va = &basis->vectors[a * basis->n];
            const double *vb = &basis->vectors[b * basis->n];
            double sum = 0.0;
            if (subtract)
                for (size_t m = 0; m < pattern->n_missing; m++)
                    sum += va[pattern->missing[m]] * vb[pattern->missing[m]];
            else
                for (size_t i = 0; i < basis->n; i++)
                    if (rs_rows_has(pattern->bits, i))
                        sum += va[i] * vb[i];
            if (subtract)
                sum = (a == b ? 1.0 : 0.0) - sum;
            pattern->gram[a * c + b] = sum;
            pattern->gram[b * c + a] = sum;
        }
}

/* The absorbed factor on the rows that are there. */
static void take_levels(struct rs_pattern *pattern,
                        const struct rs_basis *basis,
                        struct rs_tile_groups *groups)
{
    if (basis->base.absorb == NULL || pattern->n_missing == 0)
        return;
    pattern->sound = groups != NULL && basis->base.order.n == 0;
    if (!pattern->sound)
        return;
    rs_tile_groups_meet(groups, pattern, NULL);
    rs_tile_groups_gram(groups, pattern->factor);
    rs_tile_groups_level(groups, pattern->level);
    pattern->sound = groups->sound;
}

static enum rs_status fill(struct rs_pattern *pattern, struct rs_patterns *all,
                           const struct rs_basis *basis, struct rs_error *err)
{
    size_t c = basis->n_vectors;
    size_t at = 0;

    pattern->n = rs_rows_count(pattern->bits, all->n_words);
    pattern->n_missing = basis->n - pattern->n;
    pattern->missing =
        rs_alloc(pattern->n_missing, sizeof *pattern->missing, err);
    pattern->gram = rs_alloc(c * c, sizeof *pattern->gram, err);
    pattern->factor = rs_alloc(c * c, sizeof *pattern->factor, err);
    pattern->level = rs_alloc(c, sizeof *pattern->level, err);
    if (pattern->missing == NULL || pattern->gram == NULL ||
        pattern->factor == NULL || pattern->level == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < basis->n; i++)
        if (!rs_rows_has(pattern->bits, i))
            pattern->missing[at++] = (uint32_t)i;
    find_gram(pattern, basis);
    memcpy(pattern->factor, pattern->gram, c * c * sizeof *pattern->gram);
    memcpy(pattern->level, basis->level, c * sizeof *pattern->level);
    pattern->sound = true;
    take_levels(pattern, basis, all->groups);
    if (pattern->sound)
        pattern->sound = rs_cholesky(pattern->factor, c, rs_least_pivot);
    pattern->log_weight = basis->log_weight;
    pattern->weight = basis->total;
    for (size_t m = 0; m < pattern->n_missing; m++) {
        double root = basis->base.root == NULL
                          ? 1.0
                          : basis->base.root[pattern->missing[m]];
        pattern->log_weight -= basis->log_weights[pattern->missing[m]];
        pattern->weight -= root * root;
    }
    return RS_OK;
}

static enum rs_status add_pattern(struct rs_patterns *all,
                                  const struct rs_basis *basis,
                                  const uint64_t *bits, struct rs_error *err)
{
    struct rs_pattern *pattern = NULL;

    if (all->n_patterns == all->room) {
        size_t room = all->room == 0 ? 64 : 2 * all->room;
        pattern = realloc(all->patterns, room * sizeof *pattern);
        if (pattern == NULL)
            return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        all->patterns = pattern;
        all->room = room;
    }
    pattern = &all->patterns[all->n_patterns++];
    memset(pattern, 0, sizeof *pattern);
    pattern->bits = rs_alloc(all->n_words, sizeof *bits, err);
    if (pattern->bits == NULL)
        return RS_ERR_NOMEM;
    memcpy(pattern->bits, bits, all->n_words * sizeof *bits);
    return fill(pattern, all, basis, err);
}

/* The pattern with these bits, which may be new. */
static enum rs_status pattern_of(uint32_t *out, struct rs_patterns *all,
                                 const struct rs_basis *basis,
                                 const uint64_t *bits, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    uint32_t *slot = NULL;

    if (2 * all->n_patterns >= all->n_slots)
        status = grow_table(all, err);
    if (status != RS_OK)
        return status;
    slot = find_slot(all, bits);
    if (*slot == 0) {
        status = add_pattern(all, basis, bits, err);
        *slot = (uint32_t)all->n_patterns;
    }
    *out = *slot - 1;
    return status;
}

/* Room to take the levels of one absorbed factor out. */
static enum rs_status groups_new(struct rs_patterns *out,
                                 const struct rs_basis *basis,
                                 struct rs_error *err)
{
    const struct rs_absorb *absorb = basis->base.absorb;

    if (absorb == NULL || rs_absorb_n_factors(absorb) > 1)
        return RS_OK;
    out->groups = rs_alloc(1, sizeof *out->groups, err);
    return out->groups == NULL ? RS_ERR_NOMEM
                               : rs_tile_groups_init(out->groups, basis, err);
}

enum rs_status rs_patterns_init(struct rs_patterns *out,
                                const struct rs_basis *basis,
                                const size_t *columns, size_t n,
                                struct rs_error *err)
{
    const struct rs_dataset *data = basis->base.spec.data;
    uint64_t *bits = NULL;
    enum rs_status status = RS_ERR_NOMEM;
    uint32_t whole = 0;

    memset(out, 0, sizeof *out);
    out->n_words = rs_bit_words(basis->n);
    out->of_column = rs_alloc(data->n_columns, sizeof *out->of_column, err);
    bits = rs_alloc(out->n_words, sizeof *bits, err);
    if (out->of_column == NULL || bits == NULL)
        goto done;
    status = groups_new(out, basis, err);
    if (status != RS_OK)
        goto done;
    rs_rows_fill(bits, basis->n);
    status = pattern_of(&whole, out, basis, bits, err);
    for (size_t j = 0; j < n && status == RS_OK; j++) {
        const struct rs_column *column = &data->columns[columns[j]];
        if (column->n_missing == 0)
            continue; /* pattern 0 */
        compact(bits, out->n_words, column->valid, &basis->base);
        status = pattern_of(&out->of_column[columns[j]], out, basis, bits, err);
    }
done:
    free(bits);
    if (status != RS_OK)
        rs_patterns_clear(out);
    return status;
}

void rs_patterns_clear(struct rs_patterns *patterns)
{
    for (size_t p = 0; p < patterns->n_patterns; p++) {
        free(patterns->patterns[p].bits);
        free(patterns->patterns[p].missing);
        free(patterns->patterns[p].gram);
        free(patterns->patterns[p].factor);
        free(patterns->patterns[p].level);
    }
    if (patterns->groups != NULL)
        rs_tile_groups_clear(patterns->groups);
    free(patterns->groups);
    free(patterns->patterns);
    free(patterns->of_column);
    free(patterns->slots);
    memset(patterns, 0, sizeof *patterns);
}

void rs_pattern_rows(uint64_t *rows, const struct rs_pattern *pattern,
                     const struct rs_basis *basis)
{
    const struct rs_base_columns *base = &basis->base;
    size_t k = 0;

    memset(rows, 0, base->n_words * sizeof *rows);
    for (size_t w = 0; w < base->n_words; w++)
        for (uint64_t bits = base->rows[w]; bits != 0; bits &= bits - 1)
            if (rs_rows_has(pattern->bits, k++))
                rows[w] |= bits & (0 - bits);
}

size_t rs_patterns_common(const struct rs_patterns *patterns, uint32_t a,
                          uint32_t b)
{
    const uint64_t *one = patterns->patterns[a].bits;
    const uint64_t *other = patterns->patterns[b].bits;
    size_t n = 0;

    for (size_t w = 0; w < patterns->n_words; w++)
        n += (size_t)__builtin_popcountll(one[w] & other[w]);
    return n;
}
