/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BLOCK_H
#define RS_BLOCK_H

#include "spec.h"

/*
 * What an x brings into a model: a block of columns of the design, most often
 * one, x itself. It follows from the spec and the column alone:
 * - a factor has a 0/1 column for each level but the reference (without an
 *   intercept for all levels, unless a factor among the covariates has its
 *   levels there already: as R's lm() does);
 * - spec->poly: x, x^2, ... of numbers;
 * - spec->interact: x's columns, then the products of each (of a factor: of
 *   its levels but the reference) with each of z's; z itself is a covariate.
 *   The columns of x run within one of z, as in R's x:z.
 * Columns are numbered so. The first n_beside stand beside the test and the
 * others are tested: one by t, with its slope; several by F. Which of the
 * two it is follows from the file's levels, whatever levels a pair's rows have.
 */
struct rs_block {
    size_t n_columns; /* on any rows: see rs_block_there */
    size_t n_beside;
    bool plain; /* the column as the data have it, tested by t */
    bool by_f;  /* several are tested */
};

struct rs_block rs_block_of(const struct rs_spec *spec, size_t x);

/* True when a factor x has a column for its reference too. */
bool rs_block_has_all_levels(const struct rs_spec *spec);

/* No level: numbers. */
#define RS_NO_LEVEL SIZE_MAX

/* One column of a block. */
struct rs_block_column {
    size_t level;   /* of x, or RS_NO_LEVEL */
    unsigned power; /* of x, from 1 */
    bool product;   /* times z, */
    size_t z_level; /* of this level, or RS_NO_LEVEL */
};

/* Column number j, below n_columns. */
struct rs_block_column rs_block_column(const struct rs_spec *spec, size_t x,
                                       size_t j);

/*
 * The reference of a factor on some rows: that of the file, or the first level
 * that is there; n_levels where there is none.
 * there  in  [n_levels] how many rows have each level
 */
size_t rs_factor_reference(const struct rs_factor *factor, const size_t *there);

/* Counts the rows of each level. there: out, [n_levels] */
void rs_factor_count(size_t *there, const struct rs_factor *factor,
                     const uint64_t *rows, size_t n_words);

/* A level's 0/1 column: cells of the rows, in their order; returns how many. */
size_t rs_factor_gather(double *out, const struct rs_factor *factor,
                        size_t level, const uint64_t *rows, size_t n_words);

/* The columns of a block that a model of some rows has: not those of levels
 * that the rows lack, nor, where they lack the reference, of the level that is
 * it then. Where that leaves columns that others explain, who fits drops them.
 */
struct rs_block_there {
    size_t n, n_beside;
    size_t *columns;             /* [n_columns] their numbers, rising */
    size_t *x_levels;            /* [levels of x] rows of each */
    size_t *z_levels;            /* [levels of z] */
    size_t most, most_x, most_z; /* what there is room for */
    size_t n_levels;             /* of x that the rows have; 0: no factor */
};

/* rows: bits, as in rs_column.valid, of rows that have x and z. there: zeros,
 * or as before, for any x. Owns: rs_block_there_clear. Errors: RS_ERR_NOMEM. */
enum rs_status rs_block_find(struct rs_block_there *there,
                             const struct rs_spec *spec, size_t x,
                             const uint64_t *rows,
                             struct rs_error *err) RS_MUST_CHECK;
void rs_block_there_clear(struct rs_block_there *there);

/*
 * The values of a column: value[i] = 2^exponent (hi[i] + lo[i]), none larger
 * than 1. A square or a product of two is exact, a higher power has 32 digits.
 */
struct rs_block_values {
    double *hi, *lo; /* [n] of the rows, |lo| <= ulp(hi) / 2 */
    bool low;        /* some lo is not 0 */
    int exponent;
    bool whole;  /* the data were integers below 2^53 */
    double unit; /* what the rounding of the data may be of a value, in scaled
                    units; 0 when whole */
    bool finite; /* the data were; if not, values are anything */
};

/*
 * Fills column j for n rows.
 * values  inout  hi and lo: room of n each
 * room    out    [n] scratch
 */
void rs_block_fill(struct rs_block_values *values, double *room,
                   const struct rs_spec *spec, size_t x, size_t j,
                   const uint64_t *rows);

#endif
