/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SIGNALS_H
#define RS_SIGNALS_H

#include "stop.h"

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

/* Ignores SIGPIPE and SIGXFSZ for the whole program; remembers what the first
 * was before. */
void rs_signals_init(void);

/* How a run is asked to stop. `begin` installs the handlers; what the caller
 * has set to ignore (nohup) stays ignored. After `end` what they caught ends
 * the program again. */
extern const struct rs_stop rs_signals_stop;

/* The signal that came first; 0: none. */
int rs_signals_first(void);

/* Dies of the signal that came first. Returns only when none came. */
void rs_signals_die(void);

/* Dies of SIGPIPE if the program was started with its default action. */
void rs_signals_die_of_pipe(void);

#endif
