/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NUMERICS_H
#define RS_NUMERICS_H

/*
 * What a run needs of the libraries that the process shares: GSL's own error
 * handler ends the process, so it is off (every status is checked); and the
 * BLAS has one thread: the parallelism is in the workers, and threads started
 * after a fork would fight over the same CPUs.
 *
 * Whoever enters leaves. As long as anybody is inside, in any thread, it is as
 * said; then what was before is there again.
 */
void rs_numerics_enter(void);
void rs_numerics_leave(void);

#endif
