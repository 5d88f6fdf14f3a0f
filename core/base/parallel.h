/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PARALLEL_H
#define RS_PARALLEL_H

#include <stddef.h>

/*
 * Runs work(ctx, i) for i in [0, n) on up to n_threads threads, this one
 * among them; returns when all is done. Items are handed out one by one, in
 * order. A thread that cannot be started is not missed.
 */
void rs_parallel(unsigned n_threads, size_t n, void *ctx,
                 void (*work)(void *ctx, size_t i));

#endif
