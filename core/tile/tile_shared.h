/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_SHARED_H
#define RS_TILE_SHARED_H

#include "engine.h"
#include "tail_table.h"
#include "tile_data.h"

/*
 * Workspace of the tile engine in one worker; private to engine_tile.c and
 * tile_*.c.
 */

/* Relative error that may be left in a number: both engines shall agree to
 * 1e-10, and several such errors may meet. */
static const double rs_tile_allowed = 3e-11;

/* Relative error that may be left in t = r sqrt(df / (1 - r^2)), and, where
 * the condition of ln p in t is below 1, in p itself: so p has 1e-12 times
 * that condition, of which half is left to the tail. */
static const double rs_tile_allowed_t = 5e-13;

/* Below this 1 - r^2 a fit may be perfect. */
static const double rs_tile_least_rest = 1e-4;

/* r2 of a model with covariates is a difference from 1. */
static const double rs_tile_least_r2 = 1e-5;

/* What depends on the degrees of freedom of a pair alone. */
struct rs_tile_level {
    double df;                  /* below 1: too few rows */
    double least_r;             /* to be kept, by p */
    double error;               /* of r, see rs_tile_terms */
    double edges[RS_P_EDGES];   /* of the tally, as |r| */
    float below[RS_P_EDGES];    /* a product of floats below this, or from */
    float above[RS_P_EDGES];    /* this on, is on that side of the edge */
    struct rs_tail_table *tail; /* NULL until it is needed */
    bool *no_memory;            /* the engine's */
};

/* Two columns over the rows that both have. */
struct rs_tile_terms {
    double r;       /* partial correlation; NaN: use the exact engine */
    double certain; /* |r| below this has too few digits */
    double length;  /* product of what is left of their lengths, 1 of complete
                       columns: r is a product over this */
    double shares;  /* of their squares in the common rows: what the rounding
                       of that product goes with, squared */
    double norm_y, norm_x; /* lengths of what is left, user's units */
    double mean_y, mean_x; /* as in struct rs_tile_column */
    double size_y, size_x; /* of the terms of the means */
    double base_r2;
    double log_weight;
    uint64_t n;
    size_t level; /* number of the pair's level: n and the levels it lost */
};

struct rs_tile_hit {
    uint32_t y, x; /* within the tile */
    double r;      /* NaN: for the exact engine */
    size_t terms;  /* of self->hit_terms, where values are missing */
};

/* Rows that one product takes: x panels of this length stay in the
 * second-level cache while all blocks of y pass by. */
enum { RS_TILE_ROWS = 1280 };

struct rs_tile_masked; /* see tile_masked.c */
struct rs_tile_cut;    /* see tile_screen.c */
struct rs_tile_holes;  /* see tile_holes.c */
struct rs_tile_refine; /* see tile_refine.c */
struct rs_tile_values; /* see tile_values.c */

struct rs_tile_engine {
    struct rs_engine_env env;
    const struct rs_tile_data *data;
    const struct rs_kernel *kernel;
    size_t block_x;                /* columns of a block */
    void *fits;                    /* exact engine's workspace */
    struct rs_tile_level **levels; /* [rows + 1], by df + rank + 1, which is n
                                      where no level of an absorbed factor is
                                      lost; NULL until needed */
    bool no_memory;                /* for a level: fits would be others */
    double certain;                /* see rs_tile_terms */
    double least_rest;             /* a smaller 1 - r^2 has too few digits */
    double single_error;           /* bound, of products of floats */
    double *c;     /* [c_rows][ldc] products; NULL when screening */
    float *block;  /* screening: [c_rows][block_x] products, and the absolute
                      values of one block of them */
    size_t ldc;    /* columns of c: whole blocks */
    size_t c_rows; /* rows of c: whole panels */
    double *abs_r, *rest, *log_p; /* [ldc] of a row */
    struct rs_tile_hit *hits;     /* [room_hits] */
    size_t n_hits, room_hits;
    struct rs_tile_terms *hit_terms; /* [n_hits] after refining; NULL */
    struct rs_tile_refine *refine;   /* see tile_refine.c; NULL */
    struct rs_tile_cut *cut;         /* of --top; NULL */
    struct rs_tile_masked *masked;   /* NULL when nothing is missing */
    struct rs_tile_holes *holes;     /* screening; NULL likewise */
    struct rs_tile_values *values;   /* NULL when screening */
};

/* Where the blocks of a tile lie among the panels. */
struct rs_tile_grid {
    size_t panel0, panel1;   /* y, in blocks */
    size_t block0, block1;   /* x blocks */
    size_t y_first, x_first; /* cells of the lists at row, column 0 of c */
};

struct rs_tile_grid rs_tile_grid_of(const struct rs_tile_engine *self,
                                    const struct rs_tile *tile);

/* The level of this number; NULL when there is no memory: the tile will
 * be an error then, whatever is made of the pair meanwhile. */
struct rs_tile_level *rs_tile_level_of(struct rs_tile_engine *self, size_t n);

/* The float from which on a product of floats may be r or more. */
float rs_tile_maybe(const struct rs_tile_engine *self, double r);

/* Makes the level's table of tails; false: no memory, as above. df is 1 or
 * more. */
bool rs_tile_has_tail(struct rs_tile_level *level);

/* ln p of a correlation; NaN when there is no memory. */
double rs_tile_log_p(struct rs_tile_level *level, double r);

/* Notes the p of a correlation, if its pair is one that is kept for the
 * median. sample: NULL allowed. */
void rs_tile_sample(const struct rs_p_sample *sample,
                    struct rs_tile_level *level, size_t y_ix, size_t x_ix,
                    double r);

/* What becomes of pair (i, j), of n rows and not too few, whatever its r; OK:
 * it is to be computed. Sets *exact when the exact engine has to. */
enum rs_outcome rs_tile_outcome(bool *exact, const struct rs_tile_data *data,
                                size_t i, size_t j, size_t n);

/* The terms of a pair of complete columns. */
void rs_tile_plain_terms(struct rs_tile_terms *out,
                         const struct rs_tile_engine *self,
                         const struct rs_tile_column *y,
                         const struct rs_tile_column *x, double r);

/*
 * The fit that the terms make.
 * log_p  in  ln p of terms->r
 * Returns false when the pair is delicate: the exact engine has to fit it.
 */
bool rs_tile_assemble(struct rs_fit *fit, const struct rs_tile_engine *self,
                      const struct rs_tile_terms *terms,
                      const struct rs_tile_level *level, double log_p);

/* The fit of a pair of n rows that has an outcome without one. */
void rs_tile_no_fit(struct rs_fit *fit, const struct rs_tile_engine *self,
                    enum rs_outcome outcome, size_t n);

/* Fits a pair exactly, its log_p as well. */
void rs_tile_fit_exactly(struct rs_tile_engine *self, struct rs_fit *fit,
                         size_t y_ix, size_t x_ix);

/* Fits, counts and emits one pair of a stored tile. terms->r NaN: exactly;
 * log_p: NaN when it is not known yet. */
void rs_tile_emit_pair(struct rs_tile_engine *self,
                       const struct rs_emitter *emit,
                       const struct rs_tile *tile, size_t i, size_t j,
                       const struct rs_tile_terms *terms, double log_p);

/* The same for a pair without a product of its own: an outcome, or the exact
 * engine. False: it has one. */
bool rs_tile_emit_special(struct rs_tile_engine *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile, size_t i, size_t j,
                          size_t n);

/* A tile of complete columns of which few pairs are kept. */
enum rs_status rs_tile_screen(struct rs_tile_engine *self,
                              const struct rs_tile *tile,
                              const struct rs_emitter *emit,
                              struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_tile_cut_new(struct rs_tile_engine *self,
                               struct rs_error *err) RS_MUST_CHECK;
void rs_tile_cut_free(struct rs_tile_cut *cut);

/* r of a pair packed in floats, before corrections for missing values: of
 * both parts of the columns, and of the rounded columns alone. */
double rs_tile_precise(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix);
double rs_tile_rounded(const struct rs_tile_data *data, size_t y_ix,
                       size_t x_ix);

/* r of all hits anew, in double precision, by the kernel and the steps of
 * stored tiles: the same bits. Sorts hits by x. */
enum rs_status rs_tile_refine_new(struct rs_tile_engine *self,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_refine_free(struct rs_tile_refine *refine);
bool rs_tile_refine(struct rs_tile_engine *self, const struct rs_tile *tile);

/* Cells of a block that are no pairs of the tile become -1. */
void rs_tile_blank(const struct rs_tile_engine *self, float *a,
                   const struct rs_tile *tile, size_t y_ix, size_t x_ix);

/* Adds to self->hits; y, x within the tile. False: no memory. */
bool rs_tile_remember(struct rs_tile_engine *self, size_t y, size_t x,
                      double r);

/* Screening with missing values: tile: before a tile; block: before the
 * blocks of one x block; screen: one block of products. False: no memory. */
enum rs_status rs_tile_holes_new(struct rs_tile_engine *self,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_tile_holes_free(struct rs_tile_holes *holes);
void rs_tile_holes_tile(struct rs_tile_engine *self,
                        const struct rs_tile_grid *grid);
bool rs_tile_holes_block(struct rs_tile_engine *self,
                         const struct rs_tile_grid *grid, size_t x_ix);
bool rs_tile_holes_screen(struct rs_tile_engine *self,
                          const struct rs_tile *tile,
                          const struct rs_emitter *emit, const float *c,
                          size_t y_ix, size_t x_ix);

/* What |r| of n common rows is multiplied by there. */
double rs_tile_holes_scale(const struct rs_tile_holes *holes, size_t n);

/* Notes |r| of the pairs of a block, -1 and -2 being none. */
void rs_tile_sample_block(const struct rs_tile_engine *self,
                          const struct rs_p_sample *sample,
                          const struct rs_tile *tile, const float *a,
                          size_t y_ix, size_t x_ix);

/* Missing values. begin: before the strips of a tile; strip: makes the terms
 * of the pairs of panel `panel`; at: those of one of them. */
enum rs_status rs_tile_masked_new(struct rs_tile_engine *self,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_masked_free(struct rs_tile_masked *masked);
void rs_tile_masked_begin(struct rs_tile_engine *self,
                          const struct rs_tile_grid *grid,
                          const struct rs_tile *tile);
void rs_tile_masked_strip(struct rs_tile_engine *self,
                          const struct rs_tile_grid *grid,
                          const struct rs_tile *tile, size_t panel);
/* Two columns as doubles, rows *_step apart, and their product. */
struct rs_tile_pair {
    const double *y, *x;
    size_t y_step, x_step;
    double product;
};

/* The terms of one pair over its common rows. Returns false when the exact
 * engine has to fit it; out->n is right all the same. */
bool rs_tile_masked_pair(struct rs_tile_terms *out, struct rs_tile_engine *self,
                         size_t y_ix, size_t x_ix,
                         const struct rs_tile_pair *pair);
const struct rs_tile_terms *rs_tile_masked_at(const struct rs_tile_engine *self,
                                              size_t row, size_t column);

/* One number of every pair of a stored tile of complete columns: the cells of
 * row i, all of them. begin: before the rows of a tile. Returns false when
 * the number has to be taken from rows after all: nothing is done then. */
enum rs_status rs_tile_values_new(struct rs_tile_engine *self,
                                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_values_free(struct rs_tile_values *values);
bool rs_tile_values_begin(struct rs_tile_engine *self,
                          const struct rs_emitter *emit,
                          const struct rs_tile *tile,
                          const struct rs_tile_grid *grid);
void rs_tile_values_row(struct rs_tile_engine *self,
                        const struct rs_emitter *emit,
                        const struct rs_tile *tile,
                        const struct rs_tile_grid *grid, size_t i);

/* One pair whose number does not need p: counts it and fills its cell. False:
 * it needs p, or the exact engine; nothing is done then. level may be NULL. */
bool rs_tile_values_pair(struct rs_tile_engine *self,
                         const struct rs_emitter *emit, size_t i, size_t j,
                         const struct rs_tile_terms *terms,
                         struct rs_tile_level *level);

#endif
