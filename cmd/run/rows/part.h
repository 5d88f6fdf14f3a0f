/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_PART_H
#define RS_RUN_PART_H

#include "adder.h"
#include "engine.h"
#include "family_map.h"
#include "row_view.h"
#include "top.h"

struct rs_lost_pairs;
struct rs_p_histogram;

/*
 * A part of a run: pairs that share rows, weights and columns in memory. It
 * has a plan and a model's spec of its own, and what the engine has prepared
 * of its columns. The jobs of a run are the tiles of its parts, part after
 * part.
 *
 * A part of some of the rows is worked on through a view of them: see
 * part_view.h. What knows of it besides asks for its plan, spec and rows.
 */
struct rs_run_part {
    size_t number; /* among those of the run: its labels (labels.h) */
    struct rs_row_range rows; /* of env.spec->data; n = 0: all of them */
    const struct rs_engine *engine;
    struct rs_engine_env env; /* plan, model, spec, keep, kernel: borrowed */
    const struct rs_adder *adders[RS_N_ADDERS]; /* of its rows; NULL: none */
    size_t term_shift;  /* of its terms among those of the run: pair_rows.h */
    uint64_t first_job; /* its first tile, in the whole run */
    size_t group, set;  /* numbers of them, for families of tests */
    bool pooled;        /* of all groups: see pooled.h */
    void *prepared;     /* by the engine; NULL */

    /* What is found of its pairs besides rows; all NULL allowed. */
    const struct rs_values *values;   /* to fill; see collect_values.h */
    struct rs_p_histogram *histogram; /* of values without cells: in place of
                                         these; may be that of other parts */
    const struct rs_p_sample *sample; /* p of its pairs */
    struct rs_top *best;              /* of those that are written (best.h) */
    struct rs_lost_pairs *lost;       /* that were given up */
};

/*
 * Lets the engine prepare the columns, unless what is prepared serves the
 * part as it is: the same columns and spec, whatever plan and keep were then.
 * Owns: rs_run_part_release. Errors: those of the engine; nothing is prepared
 * then.
 */
enum rs_status rs_run_part_prepare(struct rs_run_part *part, unsigned n_threads,
                                   struct rs_error *err) RS_MUST_CHECK;
void rs_run_part_release(struct rs_run_part *part);

/* Which tests of these parts [n] have what a family names in common.
 * Owns: rs_family_map_clear, also on failure. Errors: RS_ERR_NOMEM. */
enum rs_status rs_run_parts_map(struct rs_family_map *out,
                                enum rs_family family,
                                const struct rs_run_part *parts, size_t n,
                                struct rs_error *err) RS_MUST_CHECK;

/* The part that has the job. parts [n], of which one has it. */
const struct rs_run_part *rs_run_part_of(const struct rs_run_part *parts,
                                         size_t n, uint64_t job);

/* The cells of the job, which is one of the part's. */
struct rs_tile rs_run_part_tile(const struct rs_run_part *part, uint64_t job);

/* The jobs before the end of the part. */
static inline uint64_t rs_run_part_end(const struct rs_run_part *part)
{
    return part->first_job + part->env.plan->n_tiles;
}

#endif
