/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NUMERICS_H
#define RS_NUMERICS_H

#include "error.h"

#include <locale.h>

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

/*
 * Settings are read and names are made in the locale C, as regsweep itself has
 * it, whatever that of another program is: its numbers may have commas. It is
 * so in the calling thread alone, and in what that forks.
 */
struct rs_c_locale {
    locale_t theirs, ours;
};

/* Errors: RS_ERR_NOMEM; all is as before then. */
enum rs_status rs_c_locale_begin(struct rs_c_locale *out,
                                 struct rs_error *err) RS_MUST_CHECK;
void rs_c_locale_end(struct rs_c_locale *locale);

#endif
