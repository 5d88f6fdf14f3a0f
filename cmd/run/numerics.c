/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>
#include <stddef.h>

/* Weak: another CBLAS may be linked that has none of these. */
extern void openblas_set_num_threads(int n) __attribute__((weak));
extern int openblas_get_num_threads(void) __attribute__((weak));

/* Of the process, as what it keeps is. */
static struct {
    pthread_mutex_t lock;
    unsigned inside;
    gsl_error_handler_t *handler; /* before the first entered */
    int n_threads;                /* likewise; 0: not known */
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

void rs_numerics_enter(void)
{
    (void)pthread_mutex_lock(&shared.lock);
    if (shared.inside++ == 0) {
        shared.handler = gsl_set_error_handler_off();
        shared.n_threads =
            openblas_get_num_threads == NULL ? 0 : openblas_get_num_threads();
        if (openblas_set_num_threads != NULL && shared.n_threads != 1)
            openblas_set_num_threads(1);
    }
    (void)pthread_mutex_unlock(&shared.lock);
}

void rs_numerics_leave(void)
{
    (void)pthread_mutex_lock(&shared.lock);
    if (--shared.inside == 0) {
        (void)gsl_set_error_handler(shared.handler);
        if (openblas_set_num_threads != NULL && shared.n_threads > 1)
            openblas_set_num_threads(shared.n_threads);
    }
    (void)pthread_mutex_unlock(&shared.lock);
}

enum rs_status rs_c_locale_begin(struct rs_c_locale *out, struct rs_error *err)
{
    out->ours = newlocale(LC_ALL_MASK, "C", NULL);
    if (out->ours == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    out->theirs = uselocale(out->ours);
    return RS_OK;
}

void rs_c_locale_end(struct rs_c_locale *locale)
{
    (void)uselocale(locale->theirs);
    freelocale(locale->ours);
}
