/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CORRECTIONS_H
#define RS_CORRECTIONS_H

#include "asked.h"
#include "bootstrap.h"
#include "crew.h"
#include "families.h"
#include "lost_pairs.h"
#include "part.h"
#include "permute.h"
#include "permute_joint.h"
#include "run_stats.h"
#include "stop.h"

/* Seconds that it took to find them; 0: there was none. */
struct rs_correction_times {
    double pass;     /* the first pass over all pairs */
    double families; /* sorting its p, step functions */
    double permute;  /* permutations */
};

struct rs_corrections;

/* What all tests have to say of a part of the run. */
struct rs_corrected_part {
    const struct rs_corrections *all;
    size_t ix;                  /* of the part */
    const struct rs_plan *plan; /* of its first pass */
    const struct rs_spec *spec;
    struct rs_values values;    /* ln p of all pairs; cells NULL: histogram */
    struct rs_lost_pairs lost;  /* of the first pass: no tests */
    struct rs_permute *permute; /* NULL: none were asked for */
    struct rs_keep keep;        /* with the condition on q */
    struct rs_keep_q q;
    struct rs_adder adder;
};

/*
 * What rows get besides their fits: p adjusted for multiple testing
 * (--adjust, --q-max), and by the largest statistics of permutations
 * (--permute), which have to be known of all tests before the first row can
 * be written; and intervals by the bootstrap (--bootstrap), which are made
 * row by row.
 *
 * The sweep runs twice then. The first pass keeps ln p of every pair of every
 * part, or histograms of them where they would take more than --test-memory;
 * from that come the step functions of the families, which may span parts. The
 * second pass writes rows as ever and looks up what belongs to each. So nothing
 * waits for the end of the run in memory, and a threshold on q is one on p, for
 * which the engine may screen.
 */
struct rs_corrections {
    unsigned methods; /* set of methods, see adjust.h; 0: none */
    enum rs_adjust q_method;
    double log_q_max; /* 0: no condition */
    enum rs_family family;
    uint64_t most_bytes;
    struct rs_permute_ask permutations;
    struct rs_bootstrap_ask bootstrap; /* of the rows that are written */

    const struct rs_stop *stop;      /* of the passes; NULL allowed */
    struct rs_corrected_part *parts; /* [n_parts] not to be moved */
    size_t n_parts;
    struct rs_family_map map; /* by rs_corrections_check */
    double *cells;            /* [map.n_cells] ln p; NULL: histograms */
    size_t cells_bytes;
    struct rs_families *families;
    struct rs_permute_joint *joint; /* maxima over all parts */
    struct rs_correction_times times;

    struct rs_run_stats pass_stats; /* of its workers and pairs */
    struct rs_pool_stats permute_stats;
};

/* What was asked for, and nothing found yet. */
void rs_corrections_init(struct rs_corrections *corrections,
                         const struct rs_asked *asked);

/* True when rows get something. */
bool rs_corrections_wanted(const struct rs_corrections *corrections);

/* Finds the families, and whether the data allow it: the errors of
 * rs_corrections_find that need no work to be found. parts [n] have the plans
 * of the first pass. Owns: rs_corrections_clear. */
enum rs_status rs_corrections_check(struct rs_corrections *corrections,
                                    const struct rs_run_part *parts, size_t n,
                                    struct rs_error *err) RS_MUST_CHECK;

/*
 * Finds what concerns all tests, once rs_corrections_check allows it.
 * parts  inout  [n] that were checked, keeping all; what is prepared of them
 *               then is the caller's. Plans and specs are borrowed until
 *               rs_corrections_clear
 * keep   inout  of the run, gets the conditions that follow from --q-max
 * Owns: rs_corrections_clear. Errors: those of pool.h, families.h and
 * permute.h.
 */
enum rs_status rs_corrections_find(struct rs_corrections *corrections,
                                   struct rs_run_part *parts, size_t n,
                                   const struct rs_crew *crew,
                                   struct rs_keep *keep,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Gives a part of the run what was found of it: the adder of its rows, and
 * what it keeps. */
void rs_corrections_serve(const struct rs_corrections *corrections, size_t ix,
                          struct rs_run_part *part);

/*
 * ln p of a pair as the first pass has it, the very double that the families
 * were made of.
 * own  in  as it was found now: where the first pass keeps no p, or has lost
 *          the pair
 */
double rs_corrections_log_p(const struct rs_corrected_part *part, size_t y_ix,
                            size_t x_ix, double own);

/* Memory that the p of all tests take, once rs_corrections_check is through. */
size_t rs_corrections_bytes(const struct rs_corrections *corrections);

/* How many x the permutations leave out, of all parts: see
 * rs_permute_left_out. */
size_t rs_corrections_left_out(const struct rs_corrections *c);

/* Pairs that the first pass lost, of all parts. */
size_t rs_corrections_lost(const struct rs_corrections *corrections);

void rs_corrections_clear(struct rs_corrections *corrections);

#endif
