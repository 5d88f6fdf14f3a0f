/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_BENCH_RESULT_H
#define RS_BENCH_RESULT_H

#include "settings.h"

#include <stdint.h>

/* What is timed. The first six make up a run and do not overlap. */
enum rs_bench_time {
    RS_BENCH_READ,    /* the bytes of the file */
    RS_BENCH_PARSE,   /* loading, less reading */
    RS_BENCH_PREPARE, /* plan, sink, what the workers share */
    RS_BENCH_FIT,     /* the sweep with rows dropped as they are */
    RS_BENCH_ENCODE,  /* the sweep with rows dropped as text, less the fits */
    RS_BENCH_WRITE,   /* as many bytes, from memory */
    RS_BENCH_N_STAGES,

    RS_BENCH_LOAD = RS_BENCH_N_STAGES,
    RS_BENCH_FIT_ENCODE,
    RS_BENCH_SWEEP, /* fit, encode and write, as they overlap */
    RS_BENCH_WHOLE, /* load, prepare and sweep */
    RS_BENCH_FIRST, /* to the first bytes that are written */
    RS_BENCH_N_TIMES
};

/* Each is measured so often; the median counts. */
enum { RS_BENCH_ROUNDS = 3, RS_BENCH_MOST_CREWS = 20 };

/* The sweep by so many workers. */
struct rs_bench_crew {
    unsigned n_workers;
    double seconds[RS_BENCH_ROUNDS];
};

struct rs_bench_result {
    uint64_t n_rows, n_y, n_x, n_pairs;
    uint64_t bytes_in, bytes_out;
    unsigned n_workers; /* of all but the crews */
    unsigned n_cpus;
    double seconds[RS_BENCH_N_TIMES][RS_BENCH_ROUNDS];
    struct rs_bench_crew crews[RS_BENCH_MOST_CREWS]; /* [n_crews] */
    size_t n_crews;
};

/* Prints it on standard output: for people, or delimited. Sorts the times. */
void rs_bench_result_print(struct rs_bench_result *result,
                           enum rs_format format);

#endif
