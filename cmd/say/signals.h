/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SIGNALS_H
#define RS_SIGNALS_H

#include "error.h"

#include <signal.h>

/*
 * Signals that end a sweep: SIGINT, SIGTERM, SIGHUP. The first one only sets
 * a flag; the pool sees it, stops in good order and the program then dies of
 * the same signal, so that the caller sees the true cause. The second one
 * kills at once. SIGPIPE and SIGXFSZ are ignored, so that a closed pipe and a
 * file at the limit of its size are errors of write.
 *
 * A flag alone would be missed by a call that blocks from just behind the
 * look at it. So the first signal also starts a timer, whose signals break off
 * whatever blocks, again and again (EINTR): who looks at the flag whenever a
 * call is broken off cannot miss it.
 */

/* Not 0 once one of them has come; the only mutable global of the program
 * that others see. */
extern volatile sig_atomic_t rs_signals_seen;

/* Ignores SIGPIPE and SIGXFSZ for the whole program; remembers what the first
 * was before. */
void rs_signals_init(void);

/* Installs the handlers: from here on there is something to be saved. What the
 * caller has set to ignore (nohup) stays ignored. */
void rs_signals_catch(void);

/*
 * What rs_signals_catch caught ends the program again: nothing is left that
 * would have to be saved. Returns `status`, of what was done since then, or
 * RS_ERR_INTERRUPTED when that is RS_OK although a signal has come.
 */
enum rs_status rs_signals_release(enum rs_status status,
                                  struct rs_error *err) RS_MUST_CHECK;

/* Dies of the signal that came first. Returns only when none came. */
void rs_signals_die(void);

/* Dies of SIGPIPE if the program was started with its default action. */
void rs_signals_die_of_pipe(void);

#endif
