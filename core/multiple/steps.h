/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_STEPS_H
#define RS_STEPS_H

#include "mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A rising step function of ln p, found fast for any distribution of keys.
 *
 * Piece k holds for keys[k - 1] < ln p <= keys[k]; beyond the last key the
 * function is 0. In a plain one a piece is the constant top[k]. In one with
 * slopes it is ln p + offset[k], but at least floor[k] and at most top[k].
 */
enum { RS_STEP_LEVELS = 9, RS_STEP_FAN = 16 };

struct rs_steps {
    size_t n;              /* pieces */
    size_t bytes;          /* allocated for all */
    struct rs_pages pages; /* behind all arrays, of big ones */
    double *keys;          /* [n] rising */
    double *top;           /* [n] rising */
    double *floor;         /* [n], NULL in a plain one */
    double *offset;        /* [n], NULL in a plain one */
    unsigned n_levels;
    size_t n_last;                  /* keys of the last level */
    double *levels[RS_STEP_LEVELS]; /* 0: the keys; above, the last of each
                                       RS_STEP_FAN below */
};

/* Bytes that n pieces take. */
uint64_t rs_steps_bytes(size_t n, bool slopes);

/*
 * Room for n pieces, to be filled; then rs_steps_index makes it ready.
 * Owns: the caller frees with rs_steps_free. Errors: NULL and err filled.
 */
struct rs_steps *rs_steps_new(size_t n, bool slopes, struct rs_error *err);
void rs_steps_index(struct rs_steps *steps);

/* NULL allowed. */
void rs_steps_free(struct rs_steps *steps);

/* The piece that holds at ln p; n beyond the last. NULL has no pieces. */
size_t rs_steps_find(const struct rs_steps *steps, double log_p);

/* The same in n functions at once, which takes little longer than in one. */
void rs_steps_find_each(size_t *found, const struct rs_steps *const *steps,
                        size_t n, double log_p);

/* The value of piece k at ln p; 0 where k is n. */
double rs_steps_value(const struct rs_steps *steps, size_t k, double log_p);

#endif
