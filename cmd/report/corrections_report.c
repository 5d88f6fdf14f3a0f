/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corrections_report.h"

#include "human.h"
#include "message.h"
#include "workers_report.h"

#include <stdio.h>
#include <string.h>

/* What q was made of, where it was found: else a warning says so. */
static void print_pi0(const struct rs_families *families)
{
    struct rs_families_pi0 pi0 = rs_families_pi0(families);
    struct rs_human n;

    if (pi0.n == pi0.n_unsound)
        return;
    if (pi0.n == 1)
        rs_message("storey: pi0 %.4g", pi0.least);
    else
        rs_message("storey: pi0 %.4g to %.4g in %s families", pi0.least,
                   pi0.most, rs_human_count(&n, pi0.n));
}

void rs_corrections_print(const struct rs_corrections *c)
{
    struct rs_human n;
    struct rs_human families;
    double distance = 0.0;

    if (c->families != NULL) {
        distance = rs_families_distance(c->families);
        rs_message("adjust: %s test%s in %s famil%s%s",
                   rs_human_count(&n, rs_families_tests(c->families)),
                   rs_plural(rs_families_tests(c->families)),
                   rs_human_count(&families, rs_families_n(c->families)),
                   rs_families_n(c->families) == 1 ? "y" : "ies",
                   distance > 0.0 ? "" : ", exact");
        if (distance > 0.0)
            rs_message("adjust: by a histogram of p: adjusted values are at "
                       "most %.2g %% too large (--test-memory keeps all p)",
                       100.0 * distance);
        if ((c->methods & rs_adjust_bit(RS_ADJUST_STOREY)) != 0)
            print_pi0(c->families);
    }
    if (c->joint != NULL)
        rs_message("permute: %s permutation%s, seed %llu",
                   rs_human_count(&n, c->permutations.n_permutations),
                   rs_plural(c->permutations.n_permutations),
                   (unsigned long long)c->permutations.seed);
    if (rs_corrections_left_out(c) > 0)
        rs_message("permute: %s independent%s no p_perm, and no part in that "
                   "of others: what %s to a model is nearly collinear, or "
                   "too many columns",
                   rs_human_count(&n, rs_corrections_left_out(c)),
                   rs_corrections_left_out(c) == 1 ? " has" : "s have",
                   rs_corrections_left_out(c) == 1 ? "it brings"
                                                   : "they bring");
}

void rs_corrections_report_workers(const struct rs_corrections *c,
                                   unsigned n_workers)
{
    const struct rs_workers_pass first = {n_workers, " in the first pass",
                                          "their pairs were fitted again"};
    const struct rs_workers_pass permutations = {
        n_workers, " in permutations", "their permutations were made again"};

    rs_workers_report(&c->pass_stats.pool, &first);
    rs_workers_report(&c->permute_stats, &permutations);
}

/* Names some of the first part that lost any, and that part by its labels. */
static void name_lost(char *text, size_t size, const struct rs_corrections *c,
                      const struct rs_labels *labels)
{
    const struct rs_corrected_part *part = c->parts;
    struct rs_engine_env env = {0};
    size_t used = 0;

    while (part->lost.n == 0)
        part++;
    env.plan = part->plan;
    env.spec = part->spec;
    rs_lost_pairs_names(text, size, &part->lost, &env);
    for (size_t k = 0; k < labels->n; k++) {
        used = strlen(text);
        (void)snprintf(text + used, size - used, "%s%s '%s'",
                       k == 0 ? ", in " : ", ", labels->columns[k].name,
                       rs_label_text(labels, part->ix, k));
    }
}

bool rs_corrections_report_lost(const struct rs_corrections *c,
                                const struct rs_labels *labels)
{
    uint64_t n = c->joint == NULL ? 0 : rs_permute_joint_lost(c->joint);
    size_t n_pairs = rs_corrections_lost(c);
    struct rs_human some;
    struct rs_human others;
    char names[400];

    if (n_pairs > 0) {
        name_lost(names, sizeof names, c, labels);
        rs_message("adjust: %s pair%s lost with %s workers, so that the tests "
                   "lack %s: %s",
                   rs_human_count(&some, n_pairs),
                   n_pairs == 1 ? " was" : "s were",
                   n_pairs == 1 ? "its" : "their", n_pairs == 1 ? "it" : "them",
                   names);
    }
    if (n > 0)
        rs_message("permute: %s permutation%s lost with %s workers; p_perm is "
                   "by the other %s",
                   rs_human_count(&some, n), n == 1 ? " was" : "s were",
                   n == 1 ? "its" : "their",
                   rs_human_count(&others, c->permutations.n_permutations - n));
    return n > 0 || n_pairs > 0;
}
