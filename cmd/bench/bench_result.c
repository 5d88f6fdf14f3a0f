/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_result.h"

#include "human.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const names[RS_BENCH_N_TIMES] = {
    "read",   "parse",        "prepare",      "fit",
    "encode", "write",        "read + parse", "fit + encode",
    "sweep",  "all together", "first result"};

/* A line of the result; what is 0 is not known or has no meaning. */
struct line {
    const char *name;
    unsigned n_workers;
    double seconds;
    double bytes;
    uint64_t pairs;
    double share;
    double speed_up;
};

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double seconds[RS_BENCH_ROUNDS])
{
    qsort(seconds, RS_BENCH_ROUNDS, sizeof *seconds, compare);
    return seconds[RS_BENCH_ROUNDS / 2];
}

static double per_second(double amount, double seconds)
{
    return seconds > 0.0 ? amount / seconds : 0.0;
}

/* ---- lines ------------------------------------------------------- */

static double bytes_of(const struct rs_bench_result *result,
                       enum rs_bench_time what)
{
    switch (what) {
    case RS_BENCH_READ:
    case RS_BENCH_PARSE:
    case RS_BENCH_LOAD:
        return (double)result->bytes_in;
    case RS_BENCH_ENCODE:
    case RS_BENCH_WRITE:
    case RS_BENCH_FIT_ENCODE:
    case RS_BENCH_SWEEP:
        return (double)result->bytes_out;
    default:
        return 0.0;
    }
}

static void fill_times(struct line lines[RS_BENCH_N_TIMES],
                       struct rs_bench_result *result)
{
    double sum = 0.0;

    for (int i = 0; i < RS_BENCH_N_TIMES; i++) {
        lines[i] = (struct line){
            .name = names[i],
            .n_workers = result->n_workers,
            .seconds = median(result->seconds[i]),
            .bytes = bytes_of(result, (enum rs_bench_time)i),
            .pairs = i == RS_BENCH_FIRST ? 0 : result->n_pairs,
        };
        if (i < RS_BENCH_N_STAGES)
            sum += lines[i].seconds;
    }
    for (int i = 0; i < RS_BENCH_N_STAGES; i++)
        lines[i].share = per_second(lines[i].seconds, sum);
}

static void fill_crews(struct line lines[RS_BENCH_MOST_CREWS],
                       struct rs_bench_result *result)
{
    for (size_t i = 0; i < result->n_crews; i++) {
        lines[i] = (struct line){
            .name = "sweep",
            .n_workers = result->crews[i].n_workers,
            .seconds = median(result->crews[i].seconds),
            .bytes = (double)result->bytes_out,
            .pairs = result->n_pairs,
        };
        lines[i].speed_up = per_second(lines[0].seconds, lines[i].seconds);
    }
}

static int slowest(const struct line lines[RS_BENCH_N_STAGES])
{
    int found = 0;

    for (int i = 1; i < RS_BENCH_N_STAGES; i++)
        if (lines[i].seconds > lines[found].seconds)
            found = i;
    return found;
}

/* ---- for people -------------------------------------------------- */

static void print_line(const struct line *line)
{
    double rate = per_second((double)line->pairs, line->seconds);
    char bytes[32] = "-";
    char share[32] = "";
    struct rs_human pairs = {"-"};

    if (line->bytes > 0.0 && line->seconds > 0.0)
        (void)snprintf(bytes, sizeof bytes, "%.1f MB/s",
                       line->bytes / line->seconds / 1e6);
    if (rate > 0.0)
        (void)rs_human_rate(&pairs, rate);
    if (line->share > 0.0)
        (void)snprintf(share, sizeof share, "  %5.1f %%", 100.0 * line->share);
    (void)printf("%-12s  %10.6f  %14s  %12s%s\n", line->name, line->seconds,
                 bytes, pairs.text, share);
}

static void print_people(const struct rs_bench_result *result,
                         const struct line *times, const struct line *crews)
{
    struct rs_human a;
    struct rs_human b;
    struct rs_human c;

    (void)printf("%s rows, %s y, %s x: ", rs_human_count(&a, result->n_rows),
                 rs_human_count(&b, result->n_y),
                 rs_human_count(&c, result->n_x));
    (void)printf("%s pairs, %.1f MB in, %.1f MB out, %u worker%s\n\n",
                 rs_human_count(&a, result->n_pairs),
                 (double)result->bytes_in / 1e6,
                 (double)result->bytes_out / 1e6, result->n_workers,
                 rs_plural(result->n_workers));
    (void)printf("%-12s  %10s  %14s  %12s  %7s\n", "stage", "seconds",
                 "throughput", "pairs", "share");
    for (int i = 0; i < RS_BENCH_FIRST; i++) {
        if (i == RS_BENCH_N_STAGES)
            (void)putchar('\n');
        print_line(&times[i]);
    }
    (void)printf("\n%-12s  %10s  %14s  %12s  %10s\n", "workers", "seconds",
                 "pairs", "speed-up", "efficiency");
    for (size_t i = 0; i < result->n_crews; i++)
        (void)printf(
            "%-12u  %10.6f  %14s  %12.2f  %8.0f %%%s\n", crews[i].n_workers,
            crews[i].seconds,
            rs_human_rate(&a,
                          per_second((double)crews[i].pairs, crews[i].seconds)),
            crews[i].speed_up, 100.0 * crews[i].speed_up / crews[i].n_workers,
            crews[i].n_workers > result->n_cpus ? "  more than CPUs" : "");
    if (times[RS_BENCH_FIRST].seconds > 0.0)
        (void)printf("\nfirst result: %s\n",
                     rs_human_time(&a, times[RS_BENCH_FIRST].seconds));
    else
        (void)printf("\nfirst result: none was kept\n");
    (void)printf("bottleneck: %s\n", names[slowest(times)]);
}

/* ---- delimited --------------------------------------------------- */

static void put_known(char delimiter, double value)
{
    (void)putchar(delimiter);
    if (value > 0.0)
        (void)printf("%.9g", value);
}

static void put_line(const struct line *line, char delimiter, bool bottleneck)
{
    (void)printf("%s%c%u", line->name, delimiter, line->n_workers);
    put_known(delimiter, line->seconds);
    put_known(delimiter, per_second(line->bytes, line->seconds) / 1e6);
    put_known(delimiter, per_second((double)line->pairs, line->seconds));
    put_known(delimiter, line->share);
    put_known(delimiter, line->speed_up);
    put_known(delimiter, line->speed_up / line->n_workers);
    (void)printf("%c%s\n", delimiter, bottleneck ? "bottleneck" : "");
}

static void print_delimited(const struct rs_bench_result *result,
                            const struct line *times, const struct line *crews,
                            char delimiter)
{
    static const char *const titles[] = {"what",     "workers",     "seconds",
                                         "mb_per_s", "pairs_per_s", "share",
                                         "speed_up", "efficiency",  "note"};
    size_t n = sizeof titles / sizeof titles[0];

    for (size_t i = 0; i < n; i++)
        (void)printf("%s%c", titles[i], i + 1 < n ? delimiter : '\n');
    for (int i = 0; i < RS_BENCH_N_TIMES; i++)
        put_line(&times[i], delimiter, i == slowest(times));
    for (size_t i = 0; i < result->n_crews; i++)
        put_line(&crews[i], delimiter, false);
}

void rs_bench_result_print(struct rs_bench_result *result,
                           enum rs_format format)
{
    struct line times[RS_BENCH_N_TIMES];
    struct line crews[RS_BENCH_MOST_CREWS];

    fill_times(times, result);
    fill_crews(crews, result);
    if (format == RS_FORMAT_AUTO)
        print_people(result, times, crews);
    else
        print_delimited(result, times, crews,
                        format == RS_FORMAT_TSV ? '\t' : ',');
}
