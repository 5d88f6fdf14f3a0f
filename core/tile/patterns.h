/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PATTERNS_H
#define RS_PATTERNS_H

#include "basis.h"
#include "pattern.h"

/*
 * The distinct patterns of missing values among some columns, on the rows of
 * a basis. Columns that miss the same rows share one pattern; pattern 0
 * misses none.
 */
struct rs_patterns {
    struct rs_pattern *patterns; /* [n_patterns] */
    size_t n_patterns;
    size_t n_words;
    uint32_t *of_column; /* [data->n_columns] pattern of the columns asked */
    /* private: where a factor is absorbed; hash table of pattern + 1 */
    struct rs_tile_groups *groups;
    uint32_t *slots;
    size_t n_slots;
    size_t room;
};

/*
 * Finds the patterns of columns.
 * columns  in  [n] of the basis's dataset; repeats are welcome
 * Owns: rs_patterns_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_patterns_init(struct rs_patterns *out,
                                const struct rs_basis *basis,
                                const size_t *columns, size_t n,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_patterns_clear(struct rs_patterns *patterns);

/* False where pairs of such a column are for the exact engine: with counts, df
 * is no function of the number of rows left. */
static inline bool rs_pattern_serves(const struct rs_pattern *pattern,
                                     const struct rs_basis *basis)
{
    return pattern->n_missing == 0 || !basis->base.spec.counts;
}

/* The rows of a pattern as rows of the dataset.
 * rows  out  [base.n_words] */
void rs_pattern_rows(uint64_t *rows, const struct rs_pattern *pattern,
                     const struct rs_basis *basis);

/* How many rows two patterns have in common. */
size_t rs_patterns_common(const struct rs_patterns *patterns, uint32_t a,
                          uint32_t b);

#endif
