/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry_run.h"

#include "estimate.h"
#include "human.h"
#include "run_parts.h"
#include "tested_report.h"

#include <math.h>
#include <stdio.h>

/* How many groups there are, and how large. */
static void print_groups(const struct rs_run *run)
{
    const struct rs_row_groups *groups = &run->input.groups;
    size_t least = SIZE_MAX;
    size_t most = 0;
    struct rs_human n;
    struct rs_human from;
    struct rs_human to;

    for (size_t g = 0; g < groups->n; g++) {
        least = groups->rows[g].n < least ? groups->rows[g].n : least;
        most = groups->rows[g].n > most ? groups->rows[g].n : most;
    }
    if (groups->n > 0)
        (void)printf("groups       %s, of %s to %s rows\n",
                     rs_human_count(&n, groups->n),
                     rs_human_count(&from, least), rs_human_count(&to, most));
}

static void print_sets(const struct rs_run *run)
{
    const struct rs_input *input = &run->input;

    for (size_t k = 0; k < input->n_sets; k++)
        (void)printf("%s%s%s", k == 0 ? "sets         " : ", ",
                     input->set_names[k], k + 1 == input->n_sets ? "\n" : "");
}

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

static void print_table(const struct rs_run *run,
                        const struct rs_run_estimate *found)
{
    struct rs_human a;
    struct rs_human b;
    struct rs_human c;

    (void)printf("rows         %s\n",
                 rs_human_count(&a, run->input.data->n_rows));
    (void)printf("dependent    %s\n", rs_human_count(&a, run->input.n_y));
    (void)printf("independent  %s\n", rs_human_count(&a, run->input.n_x));
    (void)printf("covariates   %s\n",
                 rs_human_count(&a, run->input.n_covariates));
    print_sets(run);
    print_groups(run);
    print_tested(run);
    (void)printf("pairs        %s\n", rs_human_count(&a, rs_run_n_pairs(run)));
    (void)printf("tiles        %s, of up to %s pairs\n",
                 rs_human_count(&a, rs_run_n_tiles(run)),
                 rs_human_count(&b, largest_tile(run)));
    (void)printf("workers      %u\n", run->sweep.crew.n_workers);
    (void)printf("memory       %s data", rs_human_bytes(&a, found->data));
    if (found->columns > 0.0)
        (void)printf(", %s columns", rs_human_bytes(&b, found->columns));
    (void)printf(", %s buffers", rs_human_bytes(&b, found->buffers));
    if (found->corrections.bytes > 0.0)
        (void)printf(", %s tests",
                     rs_human_bytes(&c, found->corrections.bytes));
    (void)putchar('\n');
}

/* The parts of the time, where there are several. */
static void print_time(const struct rs_run *run,
                       const struct rs_run_estimate *found)
{
    const struct rs_corrections *corrections = &run->corrections;
    unsigned n_workers = run->sweep.crew.n_workers;
    double permute = found->corrections.permute / n_workers;
    bool known = !isnan(found->corrections.bootstrap);
    double bootstrap =
        known ? found->corrections.bootstrap * found->pairs / n_workers : 0.0;
    struct rs_human text;

    (void)printf("time         about %s",
                 rs_human_time(&text, found->sweep + found->first + permute +
                                          bootstrap));
    if (found->first > 0.0)
        (void)printf(", %s of it for the p of all tests",
                     rs_human_time(&text, found->first));
    if (corrections->permutations.n_permutations > 0)
        (void)printf(", %s for permutations", rs_human_time(&text, permute));
    if (corrections->bootstrap.n_resamples > 0 && known)
        (void)printf(", %s for the bootstrap", rs_human_time(&text, bootstrap));
    else if (corrections->bootstrap.n_resamples > 0)
        (void)printf(", without the bootstrap, which takes long beside a "
                     "covariate of many levels");
    (void)putchar('\n');
}

enum rs_status rs_dry_run(const struct rs_run *run, struct rs_error *err)
{
    const struct rs_sink *sink = run->sink;
    struct rs_run_estimate found;
    struct rs_human a;
    enum rs_status status = rs_run_estimate(&found, run, err);

    if (status != RS_OK)
        return status;
    print_table(run, &found);
    (void)printf("output       %s %s%s\n",
                 run->corrections.log_q_max < 0.0 && sink != NULL
                     ? "without --q-max about"
                     : "about",
                 rs_human_bytes(&a, found.output),
                 sink == NULL || sink->packing == NULL ? ""
                                                       : " before compression");
    print_time(run, &found);
    (void)printf("bonferroni   p < %.3g for a family-wise level of 0.05\n",
                 0.05 / (double)rs_run_n_tests(run));
    return RS_OK;
}
