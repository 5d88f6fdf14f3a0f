/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The floor under a screened sweep: dgemm_bare WORKERS TILE_Y TILE_X
 * [NY NX N] - nothing but the calls of cblas_dgemm that multiply NY dependent
 * by NX independent columns of N rows (5000 20000 1000), by the CBLAS the
 * program itself is linked with, on one thread in each of the forked workers,
 * which take tiles from a shared counter and overwrite one buffer each.
 * Prints: seconds from the common start to the end of the last worker, GF/s.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "blas.h"
#include "clock.h"
#include "mem.h"
#include "numerics.h"

#include <gsl/gsl_cblas.h>
#include <math.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { max_workers = 256 };

struct shared {
    atomic_size_t next;
    atomic_int ready;
    atomic_int go;
    double end[max_workers];
};

struct product {
    size_t n_workers;
    size_t tile_y;
    size_t tile_x;
    size_t n_y;
    size_t n_x;
    size_t n;
    const double *y; /* n_y rows of n */
    const double *x; /* n_x rows of n */
    struct shared *shared;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void fill(double *values, size_t n, uint64_t state)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t z = state += 0x9e3779b97f4a7c15u; /* splitmix64 */
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        values[i] = (double)((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1.0;
    }
}

static void multiply_tile(const struct product *p, size_t tile, double *out)
{
    size_t per_row = (p->n_x + p->tile_x - 1) / p->tile_x;
    size_t y0 = tile / per_row * p->tile_y;
    size_t x0 = tile % per_row * p->tile_x;
    size_t n_y = smaller(p->tile_y, p->n_y - y0);
    size_t n_x = smaller(p->tile_x, p->n_x - x0);

    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)n_y, (int)n_x,
                (int)p->n, 1.0, p->y + y0 * p->n, (int)p->n, p->x + x0 * p->n,
                (int)p->n, 0.0, out, (int)n_x);
}

/* The first tile's first number against a plain loop. */
static bool product_is_right(const struct product *p, double *out)
{
    double sum = 0.0;

    multiply_tile(p, 0, out);
    for (size_t i = 0; i < p->n; i++)
        sum += p->y[i] * p->x[i];
    return fabs(sum - out[0]) < 1e-10 * (double)p->n;
}

static void work(const struct product *p, size_t worker)
{
    size_t n_tiles = ((p->n_y + p->tile_y - 1) / p->tile_y) *
                     ((p->n_x + p->tile_x - 1) / p->tile_x);
    struct shared *shared = p->shared;
    struct rs_pages out;
    struct rs_error err;
    bool ok = rs_pages_new(&out, p->tile_y * p->tile_x * sizeof(double),
                           &err) == RS_OK;

    ok = ok && product_is_right(p, out.base); /* and warms up */
    (void)atomic_fetch_add(&shared->ready, 1);
    while (atomic_load(&shared->go) == 0)
        (void)sched_yield();
    for (;;) {
        size_t tile = ok ? atomic_fetch_add(&shared->next, 1) : n_tiles;
        if (tile >= n_tiles)
            break;
        multiply_tile(p, tile, out.base);
    }
    shared->end[worker] = rs_clock_now();
    _exit(ok ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* Seconds from the common start; negative when a worker failed. */
static double run(const struct product *p)
{
    double begin = 0.0;
    double last = 0.0;
    int status = 0;
    bool ok = true;

    for (size_t k = 0; k < p->n_workers; k++) {
        pid_t child = fork();
        if (child == 0)
            work(p, k);
        if (child < 0) { /* the others wait for go: let them end */
            ok = false;
            (void)atomic_fetch_add(&p->shared->ready, 1);
        }
    }
    while (atomic_load(&p->shared->ready) < (int)p->n_workers)
        (void)sched_yield();
    begin = rs_clock_now();
    atomic_store(&p->shared->go, 1);
    while (wait(&status) > 0)
        ok = ok && status == 0;
    for (size_t k = 0; k < p->n_workers; k++)
        last = fmax(last, p->shared->end[k]);
    return ok ? last - begin : -1.0;
}

static bool take_arguments(struct product *p, int argc, char **argv)
{
    size_t *const fields[] = {&p->n_workers, &p->tile_y, &p->tile_x,
                              &p->n_y,       &p->n_x,    &p->n};

    if (argc != 4 && argc != 7)
        return false;
    for (int i = 1; i < argc; i++) {
        *fields[i - 1] = strtoul(argv[i], NULL, 10);
        if (*fields[i - 1] == 0 || *fields[i - 1] > 1000000)
            return false;
    }
    p->tile_y = smaller(p->tile_y, p->n_y);
    p->tile_x = smaller(p->tile_x, p->n_x);
    return p->n_workers <= max_workers;
}

int main(int argc, char **argv)
{
    struct product p = {.n_y = 5000, .n_x = 20000, .n = 1000};
    struct rs_pages y;
    struct rs_pages x;
    struct rs_error err;
    char blas[256];
    double seconds = 0.0;

    if (!take_arguments(&p, argc, argv)) {
        (void)fputs("usage: dgemm_bare WORKERS TILE_Y TILE_X [NY NX N]\n",
                    stderr);
        return EXIT_FAILURE;
    }
    p.shared = mmap(NULL, sizeof *p.shared, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p.shared == MAP_FAILED ||
        rs_pages_new(&y, p.n_y * p.n * sizeof(double), &err) != RS_OK ||
        rs_pages_new(&x, p.n_x * p.n * sizeof(double), &err) != RS_OK) {
        (void)fputs("dgemm_bare: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    fill(y.base, p.n_y * p.n, 1);
    fill(x.base, p.n_x * p.n, 2);
    p.y = y.base;
    p.x = x.base;
    rs_numerics_enter();
    seconds = run(&p);
    rs_blas_describe(blas, sizeof blas);
    (void)printf("%.6f s, %.1f GF/s, %zu workers, tiles of %zu x %zu, %s\n",
                 seconds,
                 2e-9 * (double)p.n_y * (double)p.n_x * (double)p.n / seconds,
                 p.n_workers, p.tile_y, p.tile_x, blas);
    rs_pages_free(&x);
    rs_pages_free(&y);
    return seconds > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
