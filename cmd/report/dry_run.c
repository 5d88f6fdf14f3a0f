/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry_run.h"

#include "estimate.h"
#include "human.h"
#include "plan_columns.h"
#include "plan_output.h"
#include "run_parts.h"
#include "tested_report.h"
#include "wall_time.h"

#include <math.h>
#include <stdio.h>

static void print_tested(const struct rs_run *run)
{
    char text[RS_TESTED_TEXT];

    if (rs_tested_text(text, run))
        (void)printf("tested       %s\n", text);
    if (rs_errors_text(text, run))
        (void)printf("errors       %s\n", text);
}

/* Pairs of a plan's largest tiles, or their cells. */
static uint64_t largest_of(const struct rs_plan *plan)
{
    return plan->pairs == RS_PAIRS_LIST ? rs_plan_most_pairs(plan)
                                        : (uint64_t)plan->tile_y * plan->tile_x;
}

/* Those of all parts. */
static uint64_t largest_tile(const struct rs_run *run)
{
    uint64_t most = 0;

    for (size_t i = 0; i < run->n_parts; i++) {
        uint64_t own = largest_of(&run->plans[i]);
        most = own > most ? own : most;
    }
    return most;
}

static void print_workers(const struct rs_run *run,
                          const struct rs_run_estimate *found)
{
    struct rs_human n;

    (void)printf("workers      %u", found->workers);
    if (found->workers < run->sweep.crew.n_workers)
        (void)printf(" of %u: there %s %s tile%s", run->sweep.crew.n_workers,
                     found->workers == 1 ? "is" : "are",
                     rs_human_count(&n, rs_run_n_tiles(run)),
                     rs_plural(rs_run_n_tiles(run)));
    (void)putchar('\n');
}

static void print_memory(const struct rs_run_estimate *found)
{
    struct rs_human n;

    (void)printf("memory       %s data", rs_human_bytes(&n, found->data));
    if (found->columns > 0.0)
        (void)printf(", %s columns", rs_human_bytes(&n, found->columns));
    (void)printf(", %s buffers", rs_human_bytes(&n, found->buffers));
    if (found->corrections.bytes > 0.0)
        (void)printf(", %s tests",
                     rs_human_bytes(&n, found->corrections.bytes));
    (void)putchar('\n');
}

static void print_work(const struct rs_run *run,
                       const struct rs_run_estimate *found)
{
    struct rs_human a;
    struct rs_human b;

    (void)printf("pairs        %s\n", rs_human_count(&a, rs_run_n_pairs(run)));
    (void)printf("tiles        %s, of up to %s pairs\n",
                 rs_human_count(&a, rs_run_n_tiles(run)),
                 rs_human_count(&b, largest_tile(run)));
    print_workers(run, found);
    print_memory(found);
}

/* As the headline of the run will have it. */
static void print_time(const struct rs_run *run,
                       const struct rs_run_estimate *found)
{
    const struct rs_corrections *corrections = &run->corrections;
    bool known = !isnan(found->corrections.bootstrap);
    double bootstrap =
        known ? found->corrections.bootstrap * found->pairs : 0.0;
    const struct rs_wall_time wall = {
        .reading = run->times.loaded - run->env.began,
        .preparing = run->times.prepare,
        .adjusting = found->first,
        .permuting = found->corrections.permute / found->workers,
        .fitting = found->fitting + bootstrap / found->workers,
        .writing = found->writing,
    };
    char text[RS_WALL_TIME_TEXT];

    rs_wall_time_text(text, &wall);
    (void)printf("time         about %s", text);
    if (corrections->bootstrap.n_resamples > 0 && !known)
        (void)printf(", without the bootstrap, which takes long beside a "
                     "covariate of many levels");
    (void)putchar('\n');
}

enum rs_status rs_dry_run(const struct rs_run *run, struct rs_error *err)
{
    struct rs_run_estimate found;
    enum rs_status status = rs_run_estimate(&found, run, err);

    if (status == RS_OK)
        status = rs_plan_columns_print(run, err);
    if (status != RS_OK)
        return status;
    print_tested(run);
    print_work(run, &found);
    rs_plan_output_print(run, found.output);
    print_time(run, &found);
    (void)printf("bonferroni   p < %.3g for a family-wise level of 0.05\n",
                 0.05 / (double)rs_run_n_tests(run));
    return RS_OK;
}
