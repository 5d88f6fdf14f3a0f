/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_DATA_H
#define RS_TILE_DATA_H

#include "kernel.h"
#include "patterns.h"
#include "plan.h"
#include "ranked.h"
#include "tile_bundles.h"
#include "tile_clusters.h"
#include "tile_column.h"
#include "tile_way.h"

#include <float.h>

enum { RS_TILE_MOST_FACES = 4 }; /* of a column: see tile_meat.h */

/*
 * The columns of a sweep made ready for the tile engine, once, before the
 * workers are forked.
 *
 * Each column is regressed on intercept and covariates over its own rows,
 * and its residual, scaled to length 1 (0 in missing rows), is packed in
 * panels. The product of two such columns without missing values is their
 * partial correlation r; slope, standard error, t and R2 follow from r and
 * the few numbers kept of each column (Frisch and Waugh 1933).
 */
struct rs_tile_side { /* all y, or all x, of a plan */
    size_t n;
    size_t n_panels;                /* filled up with zeros to whole blocks */
    size_t width;                   /* columns of a panel */
    unsigned n_faces;               /* of each column */
    struct rs_tile_column *columns; /* [n] */
    double *own;            /* [n] see tile_meat.h; NaN: the column lacks faces.
                               NULL: by_r */
    double *coefs;          /* [n][n_vectors] on the basis, user's units */
    struct rs_pages panels; /* [n_panels][n_rows][width], see data->single */
    struct rs_pages
        faces[RS_TILE_MOST_FACES]; /* likewise, but face 0; floats once */
    struct rs_pages
        sums[RS_TILE_SPLITS]; /* of x: [n_panels][clusters][width] */
    bool borrowed;            /* the storage is the other side's */
};

enum rs_tile_screening {
    RS_TILE_STORE,          /* most pairs are kept */
    RS_TILE_SCREEN,         /* few are */
    RS_TILE_SCREEN_COMPLETE /* few are, if no cells are missing */
};

struct rs_tile_data {
    struct rs_basis basis;
    struct rs_patterns patterns;
    const struct rs_kernel *kernel;
    const struct rs_tile_way *way;
    struct rs_tile_clusters clusters; /* of the way */
    struct rs_tile_side y, x;
    struct rs_tile_bundles bundles; /* the x of several columns */
    struct rs_ranked *ranked; /* columns that the spec was given; NULL: the
                                 dataset's own */
    double *left;     /* [n] what each row's leverage by all covariates leaves
                         of 1; NULL: by_r */
    bool any_missing; /* some column that products serve has */
    bool single;      /* panels of floats, twice: the columns rounded, and
                         what the rounding took, for screening; else of
                         doubles */
};

/* How many rows stand behind a row more than itself, in all: 0 but where the
 * weights are counts. Levels are numbered by rows. */
static inline double rs_tile_more(const struct rs_tile_data *data)
{
    return data->basis.base.n_all - (double)data->basis.n;
}

/* How many rows a pair of n rows is of; with counts n is all of them. */
static inline uint64_t rs_tile_n_of(const struct rs_tile_data *data, size_t n)
{
    return n + (uint64_t)rs_tile_more(data);
}

/* Bound of the error of a sum in floats of the products of two columns. */
static inline double rs_tile_single_error(const struct rs_tile_data *data)
{
    return rs_single_error(data->basis.n) +
           (double)data->clusters.splits[0].n * 0.5 * (double)FLT_EPSILON;
}

/* True when no pair has a degree of freedom: nothing is prepared then. */
static inline bool rs_tile_too_few(const struct rs_tile_data *data)
{
    return data->basis.n < data->basis.rank + 2;
}

/* True when both columns of a pair are plain; else it is odd. */
static inline bool rs_tile_is_plain(const struct rs_tile_data *data, size_t i,
                                    size_t j)
{
    return data->y.columns[i].kind == RS_TILE_PLAIN &&
           data->x.columns[j].kind == RS_TILE_PLAIN;
}

/* True when a column of the pair has missing values. */
static inline bool rs_tile_misses(const struct rs_tile_data *data, size_t i,
                                  size_t j)
{
    return data->any_missing &&
           (data->y.columns[i].pattern != 0 || data->x.columns[j].pattern != 0);
}

/* True when a pair is one of the many that screening counts as fits. */
static inline bool rs_tile_is_counted(const struct rs_tile_data *data, size_t i,
                                      size_t j)
{
    enum rs_tile_kind x = data->x.columns[j].kind;

    return data->y.columns[i].kind == RS_TILE_PLAIN &&
           (x == RS_TILE_PLAIN || x == RS_TILE_BUNDLE);
}

/* True when some of n x from `first` on are single columns. */
static inline bool rs_tile_any_column(const struct rs_tile_data *data,
                                      size_t first, size_t n)
{
    size_t end = first + n < data->x.n ? first + n : data->x.n;

    return rs_tile_bundles_in(&data->bundles, first, end) < end - first;
}

/* First row of a column, in doubles; its rows are side->width apart. */
static inline const double *rs_tile_column(const struct rs_tile_data *data,
                                           const struct rs_tile_side *side,
                                           size_t column)
{
    return (const double *)side->panels.base +
           column / side->width * side->width * data->basis.n +
           column % side->width;
}

/* The same of one of its faces. */
static inline const double *rs_tile_face(const struct rs_tile_data *data,
                                         const struct rs_tile_side *side,
                                         unsigned face, size_t column)
{
    if (face == 0)
        return rs_tile_column(data, side, column);
    return (const double *)side->faces[face].base +
           column / side->width * side->width * data->basis.n +
           column % side->width;
}

/* The face that is packed by a split: without missing values face 0 is that of
 * the first. */
static inline unsigned rs_tile_split_face(const struct rs_tile_data *data,
                                          unsigned split)
{
    return split + (data->any_missing ? 1 : 0);
}

/* The same of its sums by the clusters of a split. */
static inline const double *rs_tile_sums(const struct rs_tile_data *data,
                                         const struct rs_tile_side *side,
                                         size_t split, size_t column)
{
    return (const double *)side->sums[split].base +
           column / side->width * side->width * data->clusters.splits[split].n +
           column % side->width;
}

/* The same of the column in floats; rest: of what the rounding took. */
static inline const float *rs_tile_single(const struct rs_tile_data *data,
                                          const struct rs_tile_side *side,
                                          size_t column, bool rest)
{
    size_t part = rest ? side->n_panels * side->width * data->basis.n : 0;

    return (const float *)side->panels.base + part +
           column / side->width * side->width * data->basis.n +
           column % side->width;
}

/* The same of one of its faces, and of its sums by clusters. */
static inline const float *rs_tile_single_face(const struct rs_tile_data *data,
                                               const struct rs_tile_side *side,
                                               unsigned face, size_t column)
{
    if (face == 0)
        return rs_tile_single(data, side, column, false);
    return (const float *)side->faces[face].base +
           column / side->width * side->width * data->basis.n +
           column % side->width;
}

static inline const float *rs_tile_single_sums(const struct rs_tile_data *data,
                                               const struct rs_tile_side *side,
                                               size_t column)
{
    return (const float *)side->sums[0].base +
           column / side->width * side->width * data->clusters.splits[0].n +
           column % side->width;
}

#endif
