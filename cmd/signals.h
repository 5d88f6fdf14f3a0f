/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SIGNALS_H
#define RS_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/*
 * Signals that end a sweep: SIGINT, SIGTERM, SIGHUP. Their handler only
 * counts; the pool sees the count, stops in good order and the program then
 * dies of the same signal, so that the caller sees the true cause. SIGPIPE
 * and SIGXFSZ are ignored, so that a closed pipe and a file at the limit of its
 * size are errors of write.
 */

/* How many of them have come; the only mutable global of the program. */
extern volatile sig_atomic_t rs_signals_seen;

/* Ignores SIGPIPE and SIGXFSZ for the whole program; remembers what the first
 * was before. */
void rs_signals_init(void);

/* Installs the handlers; one that the caller has set to ignore (nohup)
 * stays ignored. */
void rs_signals_catch(void);

/* What rs_signals_catch caught ends the program again: nothing is left that
 * would have to be saved. */
void rs_signals_release(void);

/* Dies of the signal that came last. Returns only when none came. */
void rs_signals_die(void);

/* Dies of SIGPIPE if the program was started with its default action. */
void rs_signals_die_of_pipe(void);

#endif
