/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TICKER_H
#define RS_TICKER_H

#include <stddef.h>
#include <stdint.h>

/*
 * Whoever wants to know how far work has come: functions that a long step
 * calls in the parent, between two jobs. They must be quick and must not fail.
 * What is done with it, a line on a terminal or nothing, is the caller's.
 *
 *     stage ... end               something that has no number
 *     count(0 of n) ... count ... end     something that is counted
 */
struct rs_ticker {
    void *ctx;
    /* A stage begins. what: "reading" */
    void (*stage)(void *ctx, const char *what);
    /* done of total are done. The first call after an end, with done 0, says
     * that the work begins.
     * what  in  "permute"; NULL: rows are made
     * unit  in  what is counted, in the plural; NULL: pairs */
    void (*count)(void *ctx, const char *what, const char *unit, uint64_t done,
                  uint64_t total);
    /* The stage or the work is over, done or not. */
    void (*end)(void *ctx);
};

/* Tell a ticker; NULL: nobody wants to know. */
static inline void rs_ticker_stage(const struct rs_ticker *ticker,
                                   const char *what)
{
    if (ticker != NULL)
        ticker->stage(ticker->ctx, what);
}

static inline void rs_ticker_count(const struct rs_ticker *ticker,
                                   const char *what, const char *unit,
                                   uint64_t done, uint64_t total)
{
    if (ticker != NULL)
        ticker->count(ticker->ctx, what, unit, done, total);
}

static inline void rs_ticker_end(const struct rs_ticker *ticker)
{
    if (ticker != NULL)
        ticker->end(ticker->ctx);
}

#endif
