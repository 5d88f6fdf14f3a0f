/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REGSWEEP_H
#define REGSWEEP_H

#include <stddef.h>
#include <stdint.h>

/*
 * libregsweep: regressions of every dependent column on every independent
 * one, in a program of your own.
 *
 *     struct regsweep *run = NULL;
 *     int status = regsweep_new(&run);
 *     if (status == REGSWEEP_OK)
 *         status = regsweep_set(run, "dependent", "y1");
 *     ... regsweep_add_column(run, "y1", values, n) or regsweep_read ...
 *     if (status == REGSWEEP_OK)
 *         status = regsweep_run(run, take_row, context);
 *     if (status != REGSWEEP_OK)
 *         complain(regsweep_error(run));
 *     regsweep_free(run);
 *
 * Settings are the options of `regsweep run`, without their dashes: see
 * regsweep-run(1). Numbers are those of the program, bit by bit.
 *
 * The library prints nothing, ends nothing, and sets no signal. It forks only
 * when `jobs` is more than 1, and SIGCHLD has its default action meanwhile: in
 * a program of several threads leave it at 1. Who has rows written to a pipe
 * ignores SIGPIPE.
 * Two handles may be used in two threads at the same time; one handle by one
 * thread, but for regsweep_stop. While a run is under way GSL's error handler
 * is off and OpenBLAS has one thread, for the whole process.
 */

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define REGSWEEP_API __attribute__((visibility("default")))
#else
#define REGSWEEP_API
#endif

/* What a call gives back. */
enum regsweep_status {
    REGSWEEP_OK = 0,
    REGSWEEP_NOMEM,        /* memory or processes exhausted */
    REGSWEEP_USAGE,        /* a setting or a name is wrong */
    REGSWEEP_OPEN,         /* a file cannot be opened, created or renamed */
    REGSWEEP_READ,         /* reading failed */
    REGSWEEP_WRITE,        /* writing the output failed */
    REGSWEEP_MALFORMED,    /* the input is not what its format demands */
    REGSWEEP_INCONSISTENT, /* sound input that does not fit the request */
    REGSWEEP_DB,           /* a database refused */
    REGSWEEP_INTERRUPTED,  /* it was asked to stop */
    REGSWEEP_INTERNAL      /* a broken promise of the library's own */
};

/* What is to be run. */
struct regsweep;

/* A row of the result. */
struct regsweep_row;

/* Version of this header, and of the library: "0.1.0".
 * history: since 0.1 */
#define REGSWEEP_VERSION "0.1.0"
REGSWEEP_API const char *regsweep_version(void);

/* A run with every setting as it is by default, but `jobs` 1. Freed by
 * regsweep_free, which takes NULL.
 * history: since 0.1 */
REGSWEEP_API int regsweep_new(struct regsweep **out);
REGSWEEP_API void regsweep_free(struct regsweep *run);

/*
 * Gives a setting its value; one of columns (dependent, group, ...), and
 * transform, where, ref and model-set, get one more.
 * value  in  as text, copied; of a switch NULL or "true", or "false"
 * Settings that are about messages are refused; by regsweep_run those about a
 * file where rows come by a function, or columns from memory.
 * history: since 0.1
 */
REGSWEEP_API int regsweep_set(struct regsweep *run, const char *name,
                              const char *value);

/*
 * The settings that regsweep_set takes, one by one: the name of the i-th, in
 * the order of regsweep-run(1); NULL behind the last.
 * help  out  what it is about, in a line; NULL: not wanted
 * history: since 0.1
 */
REGSWEEP_API const char *regsweep_setting(size_t i, const char **help);

/*
 * Adds a column that lies in memory.
 * name    in  copied
 * values  in  [n] NaN = missing; borrowed until the last regsweep_run is done.
 *             All columns have the same n
 * history: since 0.1
 */
REGSWEEP_API int regsweep_add_column(struct regsweep *run, const char *name,
                                     const double *values, size_t n);

/* The same of texts: a covariate of categories. texts: [n] NULL = missing,
 * borrowed likewise.
 * history: since 0.1 */
REGSWEEP_API int regsweep_add_texts(struct regsweep *run, const char *name,
                                    const char *const *texts, size_t n);

/* Files to read, in place of columns from memory. paths: [n] copied.
 * history: since 0.1 */
REGSWEEP_API int regsweep_read(struct regsweep *run, const char *const *paths,
                               size_t n);

/*
 * Fits all pairs. May be called again.
 * row  in  called with each row of the result, in the order of the program's
 *          output, in the thread of the caller; other than 0 ends the run
 *          (REGSWEEP_INTERRUPTED). It returns, by no jump or exception; of this
 *          run it may ask for what is known of the row, and stop it: what would
 *          change it is refused (REGSWEEP_USAGE), and it must not be freed.
 *          NULL: the setting `output` says where rows go
 * history: since 0.1
 */
REGSWEEP_API int
regsweep_run(struct regsweep *run,
             int (*row)(void *ctx, const struct regsweep_row *row), void *ctx);

/*
 * What stands in a column of a row, as the setting `columns` has them; by
 * default as the program's output: y, x, n, intercept, beta, se, stat, p, r2,
 * status. The texts of groups and sets are there by the names of their columns.
 * A number is NaN, a text NULL, where there is none, and where there
 * is no such column. Texts are valid in the call of `row`.
 * history: since 0.1
 */
REGSWEEP_API double regsweep_number(const struct regsweep_row *row,
                                    const char *column);
REGSWEEP_API const char *regsweep_text(const struct regsweep_row *row,
                                       const char *column);

/* The columns of a row, from left to right: the name of the i-th; NULL behind
 * the last. All rows of a run have the same.
 * history: since 0.1 */
REGSWEEP_API const char *regsweep_column(const struct regsweep_row *row,
                                         size_t i);

/*
 * Whom regsweep_run tells how far it is, in the thread of its caller. NULL:
 * nobody.
 * tick  in  what: "reading", "preparing", "testing" (the first pass of adjust
 *           and its like), "permute", "sweep", "best", or what the output does
 *           at its end. done of total are done; total 0: that is not known. It
 *           must be quick, and may call regsweep_stop, nothing else of the run
 * history: since 0.1
 */
REGSWEEP_API void regsweep_watch(struct regsweep *run,
                                 void (*tick)(void *ctx, const char *what,
                                              uint64_t done, uint64_t total),
                                 void *ctx);

/*
 * How many pairs the last run had.
 * which  in  "pairs", "kept", or a status: "ok", "n_too_small",
 *            "worker_lost", ...; 0 of others
 * history: since 0.1
 */
REGSWEEP_API uint64_t regsweep_count(const struct regsweep *run,
                                     const char *which);

/* Asks the run to stop; may be called from another thread or a signal
 * handler. What comes after a run has stopped is run as ever. A call that
 * blocks, as the opening of a FIFO without a reader and the writing to one that
 * is full, is broken off by signals only: pthread_kill, until the run is back,
 * and a handler without SA_RESTART.
 * history: since 0.1 */
REGSWEEP_API void regsweep_stop(struct regsweep *run);

/* Why the last call failed, in one line; "" when it did not. Valid until the
 * next call. run: NULL, what regsweep_new could not make.
 * history: since 0.1 */
REGSWEEP_API const char *regsweep_error(const struct regsweep *run);

#ifdef __cplusplus
}
#endif

#endif
