/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Adjusts a list of p for comparison with others.
 *
 * usage: adjusted [exact|histogram] < P > TABLE
 *
 * Reads one p a line, NA = missing. Writes a line `m pi0 distance` and, below
 * a header, a line for each p with its six adjusted values.
 */
#include "families.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = (1 << RS_ADJUST_COUNT) - 1, LINE = 128 };

static double *read_log_p(size_t *n)
{
    char line[LINE];
    double *log_p = NULL;
    size_t room = 0;

    for (*n = 0; fgets(line, LINE, stdin) != NULL; (*n)++) {
        if (*n == room) {
            double *more = NULL;
            room = 2 * room + 1024;
            more = realloc(log_p, room * sizeof *log_p);
            if (more == NULL)
                exit(1);
            log_p = more;
        }
        log_p[*n] = strncmp(line, "NA", 2) == 0 ? NAN : log(strtod(line, NULL));
    }
    return log_p;
}

int main(int argc, char **argv)
{
    size_t n = 0;
    double *log_p = read_log_p(&n);
    bool exact = argc < 2 || strcmp(argv[1], "histogram") != 0;
    const struct rs_family_part all = {.n_y = 1, .n_x = n};
    struct rs_family_map map = {0};
    struct rs_families_ask setup = {.map = &map,
                                    .methods = ALL,
                                    .n_threads = 2,
                                    .most_bytes = exact ? UINT64_MAX : 0};
    struct rs_families *families = NULL;
    const struct rs_adjust_curve *curve = NULL;
    struct rs_error err = {0};

    if (rs_family_map_init(&map, RS_FAMILY_ALL, &all, 1, &err) != RS_OK ||
        rs_families_new(&families, log_p, &setup, &err) != RS_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        free(log_p);
        return 1;
    }
    curve = rs_families_curve(families, 0);
    (void)printf("%llu %.17g %.17g\n", (unsigned long long)curve->m,
                 exp(curve->log_pi0), curve->distance);
    for (unsigned k = 0; k < RS_ADJUST_COUNT; k++)
        (void)printf("%s%s", k == 0 ? "" : ",", rs_adjusts[k].column);
    (void)putchar('\n');
    for (size_t i = 0; i < n; i++) {
        double out[RS_ADJUST_COUNT];
        rs_adjust_log_all(out, curve, log_p[i]);
        for (unsigned k = 0; k < RS_ADJUST_COUNT; k++) {
            if (isnan(out[k]))
                (void)printf("%sNA", k == 0 ? "" : ",");
            else
                (void)printf("%s%.17g", k == 0 ? "" : ",", exp(out[k]));
        }
        (void)putchar('\n');
    }
    rs_families_free(families);
    rs_family_map_clear(&map);
    free(log_p);
    return fflush(stdout) == 0 ? 0 : 1;
}
