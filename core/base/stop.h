/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_STOP_H
#define RS_STOP_H

#include "error.h"

#include <stdatomic.h>
#include <stddef.h>

/*
 * How long work is asked to stop. Whoever does it looks at `asked` between
 * two pieces, and ends in good order. Between begin and end somebody looks;
 * outside of them there is nothing that would have to be saved, so that a
 * program may as well die of its signal. Not 0 stays: what comes after is not
 * done either. It is atomic, and needs no lock: whoever asks may be a handler
 * of a signal, or another thread.
 */
struct rs_stop {
    const atomic_int *asked; /* not 0: stop */
    void (*begin)(void);     /* NULL allowed, as `end` */
    void (*end)(void);
};

/* From here on somebody looks. stop: NULL, nobody will ask. */
static inline void rs_stop_begin(const struct rs_stop *stop)
{
    if (stop != NULL && stop->begin != NULL)
        stop->begin();
}

/* Until here. Returns `status`, of what was done since rs_stop_begin, or
 * RS_ERR_INTERRUPTED when that is RS_OK although it was asked to stop. */
RS_MUST_CHECK static inline enum rs_status
rs_stop_end(const struct rs_stop *stop, enum rs_status status,
            struct rs_error *err)
{
    if (stop != NULL && stop->end != NULL)
        stop->end();
    return status == RS_OK && stop != NULL && *stop->asked != 0
               ? rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted")
               : status;
}

#endif
