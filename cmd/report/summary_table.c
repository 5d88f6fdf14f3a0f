/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summary_table.h"

#include "best_pairs.h"
#include "human.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The table is made for 80 columns. */
enum { BAR_WIDTH = 40, TENTHS = 10, LABEL_WIDTH = 14 };

static const double level = 0.05;

bool rs_summary_table_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        const char *dot = NULL;
        if (value == NULL || value[0] == '\0')
            continue;
        dot = strchr(value, '.');
        return dot != NULL && (strncasecmp(dot + 1, "UTF-8", 5) == 0 ||
                               strncasecmp(dot + 1, "utf8", 4) == 0);
    }
    return false;
}

/* ---- numbers ----------------------------------------------------- */

/*
 * Pairs pass up to the largest p with p <= q c(p) / m, c(p) the number of
 * tests at or below p. Where an edge e has e <= q c(e) / m, every p up to
 * q c(e) / m passes, as its own c(p) is no less; and where there is a test,
 * c(p) is at least 1. A p between two edges a < p <= b has c(p) <= c(b), and
 * so can pass only when it is at most q c(b) / m.
 */
struct rs_bh_bounds rs_bh_bounds_of(const struct rs_tally *tally, double q)
{
    double m = (double)rs_tally_tests(tally);
    struct rs_bh_bounds bounds = {0.0, 0.0};

    if (!(m > 0.0))
        return bounds;
    bounds.sure = q / m;
    for (unsigned k = 0; k <= RS_P_EDGES; k++) {
        double high = k == 0 ? 1.0 : rs_p_edge(k - 1);
        double low = k == RS_P_EDGES ? 0.0 : rs_p_edge(k);
        double n = k == 0 ? m : (double)tally->at_most[k - 1];
        double reach = q * n / m;
        if (n > 0.0 && high <= reach)
            bounds.sure = fmax(bounds.sure, reach);
        if (reach > low)
            bounds.most = fmax(bounds.most, fmin(reach, high));
    }
    return bounds;
}

/* ---- the table --------------------------------------------------- */

static void print_count(const char *label, uint64_t n, const char *note)
{
    struct rs_human text;

    (void)fprintf(stderr, "  %-*s%14s%s%s\n", LABEL_WIDTH, label,
                  rs_human_count(&text, n), note[0] == '\0' ? "" : "  ", note);
}

static void print_number(const char *label, double value, const char *note)
{
    (void)fprintf(stderr, "  %-*s%14.4g  %s\n", LABEL_WIDTH, label, value,
                  note);
}

static void print_counts(const struct rs_tally *tally)
{
    const char *label = "status";

    print_count("pairs", rs_tally_pairs(tally), "");
    print_count("written", tally->kept, "");
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++) {
        if (tally->outcomes[i] == 0)
            continue;
        print_count(label, tally->outcomes[i],
                    rs_outcome_name((enum rs_outcome)i));
        label = "";
    }
    print_count("tests", rs_tally_tests(tally), "pairs with a p");
}

/* How many tests have at most this p: counted at the next edge below, and
 * above. */
static void count_passing(uint64_t *least, uint64_t *most,
                          const struct rs_tally *tally,
                          const struct rs_bh_bounds *bounds)
{
    *least = 0;
    *most = rs_tally_tests(tally);
    for (unsigned k = 0; k < RS_P_EDGES; k++) {
        if (rs_p_edge(k) >= bounds->most)
            *most = tally->at_most[k];
        if (rs_p_edge(k) <= bounds->sure && *least == 0)
            *least = tally->at_most[k];
    }
}

static void print_bh(const struct rs_tally *tally)
{
    struct rs_bh_bounds bounds = rs_bh_bounds_of(tally, level);
    struct rs_human a;
    struct rs_human b;
    uint64_t least = 0;
    uint64_t most = 0;

    if (!(bounds.most > 0.0)) {
        (void)fprintf(stderr, "  %-*s%14s  no pair passes\n", LABEL_WIDTH,
                      "BH 0.05", "-");
        return;
    }
    count_passing(&least, &most, tally, &bounds);
    (void)fprintf(stderr,
                  "  %-*s%14.4g  p up to this passes, above %.4g none does:\n"
                  "  %-*s%14s  %s",
                  LABEL_WIDTH, "BH 0.05", bounds.sure, bounds.most, LABEL_WIDTH,
                  "", "", rs_human_count(&a, least));
    if (least == most)
        (void)fprintf(stderr, " pair%s\n", rs_plural(most));
    else
        (void)fprintf(stderr, " to %s pairs (exactly: --adjust bh)\n",
                      rs_human_count(&b, most));
}

/* From the p of all tests. */
static void print_exact_bh(const struct rs_adjust_curve *curve)
{
    double log_p = rs_adjust_log_p_max(curve, RS_ADJUST_BH, log(level));

    if (isnan(log_p))
        (void)fprintf(stderr, "  %-*s%14s  no pair passes\n", LABEL_WIDTH,
                      "BH 0.05", "-");
    else
        print_number("BH 0.05", exp(log_p),
                     "the largest p that passes, of all tests");
}

static void print_pi0(const struct rs_families *families)
{
    struct rs_families_pi0 pi0 = rs_families_pi0(families);
    struct rs_human n;
    struct rs_human some;
    char note[160];

    if (pi0.n == 0)
        return;
    if (pi0.n == 1)
        (void)snprintf(note, sizeof note, "%s",
                       pi0.n_unsound == 0 ? "estimated part of true nulls"
                                          : "no sound estimate: 1 is taken");
    else if (pi0.n_unsound == 0)
        (void)snprintf(note, sizeof note, "to %.4g in %s families", pi0.most,
                       rs_human_count(&n, pi0.n));
    else
        (void)snprintf(note, sizeof note,
                       "to %.4g in %s families; no estimate, so 1, in %s",
                       pi0.most, rs_human_count(&n, pi0.n),
                       rs_human_count(&some, pi0.n_unsound));
    print_number("pi0", pi0.least, note);
}

static void print_thresholds(const struct rs_tally *tally,
                             const struct rs_families *families,
                             const struct rs_lambda *lambda)
{
    /* those of pooled rows are no tests of the run */
    bool exact = families != NULL && tally->pooled == 0 &&
                 !(rs_families_distance(families) > 0.0);
    const struct rs_adjust_curve *curve = exact && rs_families_n(families) == 1
                                              ? rs_families_curve(families, 0)
                                              : NULL;
    double tests = (double)rs_tally_tests(tally);

    if (!(tests > 0.0))
        return;
    print_number("lambda",
                 exact ? rs_genomic_lambda(rs_families_log_median(families))
                       : lambda->value,
                 "genomic control; 1 where nothing is inflated");
    if (families != NULL)
        print_pi0(families);
    print_number("Bonferroni", level / tests, "0.05 / tests");
    if (curve != NULL && (curve->methods & rs_adjust_bit(RS_ADJUST_BH)) != 0)
        print_exact_bh(curve);
    else
        print_bh(tally);
}

/* A bar of `eighths` of a column. */
static void print_bar(unsigned eighths, bool utf8)
{
    static const char *const parts[] = {
        "",
        "\xe2\x96\x8f",
        "\xe2\x96\x8e",
        "\xe2\x96\x8d",
        "\xe2\x96\x8c",
        "\xe2\x96\x8b",
        "\xe2\x96\x8a",
        "\xe2\x96\x89",
    };
    unsigned whole = eighths / 8;
    unsigned part = eighths % 8;
    unsigned used = whole + (part > 0 ? 1 : 0);

    for (unsigned i = 0; i < whole; i++)
        (void)fputs(utf8 ? "\xe2\x96\x88" : "#", stderr);
    (void)fputs(utf8 ? parts[part] : part > 0 ? "#" : "", stderr);
    (void)fprintf(stderr, "%*s", (int)(BAR_WIDTH - used), "");
}

static void print_histogram(const struct rs_tally *tally, bool utf8)
{
    uint64_t tests = rs_tally_tests(tally);
    uint64_t counts[TENTHS];
    uint64_t most = 0;

    if (tests == 0)
        return;
    for (unsigned i = 0; i < TENTHS; i++) {
        /* at_most falls from p <= 0.9 */
        uint64_t high =
            i == TENTHS - 1 ? tests : tally->at_most[TENTHS - 2 - i];
        counts[i] = high - (i == 0 ? 0 : tally->at_most[TENTHS - 1 - i]);
        most = counts[i] > most ? counts[i] : most;
    }
    (void)fputc('\n', stderr);
    for (unsigned i = 0; i < TENTHS; i++) {
        struct rs_human text;
        double part = (double)counts[i] / (double)most;
        (void)fprintf(stderr, "  p %.1f - %.1f  ", 0.1 * i, 0.1 * (i + 1));
        print_bar((unsigned)ceil(part * 8 * BAR_WIDTH), utf8);
        (void)fprintf(stderr, " %14s %5.1f%%\n",
                      rs_human_count(&text, counts[i]),
                      100.0 * (double)counts[i] / (double)tests);
    }
}

enum rs_status rs_summary_table_print(const struct rs_summary_table *table,
                                      struct rs_error *err)
{
    const struct rs_top_fit *fits = NULL;
    size_t n = 0;

    if (table->best != NULL) {
        fits = rs_top_sorted(table->best, &n, err);
        if (fits == NULL)
            return RS_ERR_NOMEM;
    }
    (void)fputc('\n', stderr);
    print_counts(&table->tally);
    print_thresholds(&table->tally, table->families, &table->lambda);
    print_histogram(&table->tally, table->utf8);
    if (n > 0)
        rs_best_pairs_print(&(struct rs_best_pairs){
            .fits = fits,
            .n = n,
            .data = table->data,
            .plans = table->plans,
            .labels = table->labels,
            .some = rs_keep_some(table->keep),
            .utf8 = table->utf8,
        });
    return RS_OK;
}
