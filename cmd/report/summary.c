/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summary.h"

#include "human.h"
#include "message.h"
#include "notices_report.h"
#include "run_parts.h"

#include <stdio.h>

static void print_outcomes(const struct rs_tally *tally)
{
    char line[512];
    size_t used = 0;

    line[0] = '\0';
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++) {
        struct rs_human n;
        int len = 0;
        if (tally->outcomes[i] == 0)
            continue;
        len = snprintf(line + used, sizeof line - used, "%s%s %s",
                       used == 0 ? "" : ", ",
                       rs_human_count(&n, tally->outcomes[i]),
                       rs_outcome_name((enum rs_outcome)i));
        used += (size_t)len;
    }
    rs_message("status: %s", line);
}

/* What multiple testing starts from. */
static void print_tests(const struct rs_tally *tally, bool verbose)
{
    uint64_t tests = rs_tally_tests(tally);
    struct rs_human n;
    struct rs_human m;

    if (tests == 0)
        return;
    rs_message("tests: %s with a p; 0.05 / tests = %.3g; p <= 0.05: %s",
               rs_human_count(&n, tests), 0.05 / (double)tests,
               rs_human_count(&m, tally->at_most[RS_P_EVEN - 1]));
    for (unsigned k = 0; verbose && k < RS_P_EDGES; k++)
        rs_message("tests: p <= %-5g  %s", rs_p_edge(k),
                   rs_human_count(&n, tally->at_most[k]));
}

static void print_transforms(const struct rs_transformed *transforms)
{
    char label[RS_TRANSFORM_LABEL_SIZE];
    struct rs_human n;

    for (size_t k = 0; k < transforms->list.n; k++) {
        const struct rs_transform_item *item = &transforms->list.items[k];
        if (transforms->n_lost[k] == 0)
            continue;
        rs_transform_label(label, &item->step);
        rs_message("left out: %s cell%s without a value by %s(%s)",
                   rs_human_count(&n, transforms->n_lost[k]),
                   rs_plural(transforms->n_lost[k]), label, item->columns);
    }
}

/* Pairs that no part has. */
static void print_no_pairs(const struct rs_run *run)
{
    uint64_t n_self = 0;
    uint64_t n_covariate = 0;
    struct rs_human n;

    for (size_t i = 0; i < run->n_parts; i++) {
        n_self += run->plans[i].n_self;
        n_covariate += run->plans[i].n_covariate;
    }
    if (n_self > 0)
        rs_message("left out: %s pair%s of a column with itself",
                   rs_human_count(&n, n_self), rs_plural(n_self));
    if (n_covariate > 0)
        rs_message("left out: %s pair%s with a covariate as x or y",
                   rs_human_count(&n, n_covariate), rs_plural(n_covariate));
}

/* How many groups there are, and what is in none. */
static void print_groups(const struct rs_run *run)
{
    const struct rs_input *input = &run->input;
    const struct rs_row_groups *groups = &input->groups;
    uint64_t n_pooled = rs_run_n_pairs(run) - rs_run_n_tests(run);
    struct rs_human n;
    struct rs_human pooled;

    if (groups->n == 0)
        return;
    if (n_pooled > 0)
        rs_message("groups: %s; %s of the pairs are pooled over them",
                   rs_human_count(&n, groups->n),
                   rs_human_count(&pooled, n_pooled));
    else
        rs_message("groups: %s", rs_human_count(&n, groups->n));
    if (groups->n_dropped > 0)
        rs_message("left out: %s row%s without a group",
                   rs_human_count(&n, groups->n_dropped),
                   rs_plural(groups->n_dropped));
    if (input->n_groups_dropped > 0)
        rs_message("left out: %s group%s without a complete row",
                   rs_human_count(&n, input->n_groups_dropped),
                   rs_plural(input->n_groups_dropped));
}

static void print_left_out(const struct rs_input *input, bool listwise)
{
    const struct rs_missing_done *missing = &input->missing;
    struct rs_human n;

    if (input->n_where_dropped > 0)
        rs_message("left out: %s row%s for which --where does not hold",
                   rs_human_count(&n, input->n_where_dropped),
                   rs_plural(input->n_where_dropped));
    print_transforms(&input->transforms);
    if (input->n_rows_uncompared > 0)
        rs_message("left out: %s row%s without the covariates of all sets",
                   rs_human_count(&n, input->n_rows_uncompared),
                   rs_plural(input->n_rows_uncompared));
    if (missing->n_rows_dropped > 0)
        rs_message("left out: %s row%s with a missing value%s",
                   rs_human_count(&n, missing->n_rows_dropped),
                   rs_plural(missing->n_rows_dropped),
                   listwise ? " (listwise)" : " of a dependent or covariate");
    if (missing->n_filled > 0)
        rs_message("filled: %s missing cell%s of independents with the "
                   "column's mean",
                   rs_human_count(&n, missing->n_filled),
                   rs_plural(missing->n_filled));
}

static void print_correction_times(const struct rs_correction_times *times)
{
    const struct {
        const char *text;
        double seconds;
    } parts[] = {{"first pass", times->pass},
                 {"families", times->families},
                 {"permutations", times->permute}};
    char line[256];
    size_t used = 0;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct rs_human n;
        if (parts[i].seconds <= 0.0)
            continue;
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s %s",
                                 used == 0 ? "" : ", ", parts[i].text,
                                 rs_human_time(&n, parts[i].seconds));
    }
    if (used > 0)
        rs_message("time: %s of these", line);
}

static void print_times(const struct rs_run *run)
{
    const struct rs_stage_times *times = &run->times;
    const struct rs_pool_stats *stats = &run->stats.pool;
    double pairs = (double)rs_tally_pairs(&run->stats.tally);
    struct rs_human a;
    struct rs_human b;

    rs_message("time: read %s (%s)", rs_human_time(&a, times->read),
               rs_human_bytes(&b, (double)run->input.n_bytes));
    rs_message("time: prepare %s", rs_human_time(&a, times->prepare));
    print_correction_times(&times->corrections);
    rs_message(
        "time: fit and encode %s (%s)", rs_human_time(&a, times->sweep),
        rs_human_rate(&b, times->sweep > 0 ? pairs / times->sweep : 0.0));
    rs_message("time: write %s of these (%s), waiting for workers %s",
               rs_human_time(&a, times->write),
               rs_human_bytes(&b, (double)stats->bytes_committed),
               rs_human_time(&(struct rs_human){{0}}, stats->wait_seconds));
}

static void print_notes(const struct rs_run *run)
{
    const struct rs_settings *settings = run->settings;

    print_groups(run);
    rs_notices_print_notes(&run->input.notices, &settings->informing);
    print_no_pairs(run);
    print_left_out(&run->input,
                   settings->missing.policy == RS_MISSING_LISTWISE);
}

void rs_summary_print(const struct rs_run *run, const struct rs_wall_time *wall)
{
    const struct rs_settings *settings = run->settings;
    const struct rs_pool_stats *pool = &run->stats.pool;
    const struct rs_tally *tally = &run->stats.tally;
    uint64_t rows = rs_tally_pairs(tally);
    char took[RS_WALL_TIME_TEXT];
    struct rs_human n;
    struct rs_human kept;

    if (settings->informing.quiet)
        return;
    rs_wall_time_text(took, wall);
    rs_message("%s pair%s in %s, %u worker%s", rs_human_count(&n, rows),
               rs_plural(rows), took, pool->workers_started,
               rs_plural(pool->workers_started));
    if (tally->kept < rows)
        rs_message("kept: %s pair%s", rs_human_count(&kept, tally->kept),
                   rs_plural(tally->kept));
    print_outcomes(tally);
    if (tally->kept < rows || settings->informing.verbose)
        print_tests(tally, settings->informing.verbose);
    if (rs_tells_notes(&settings->informing))
        print_notes(run);
    if (settings->running.timings)
        print_times(run);
}
