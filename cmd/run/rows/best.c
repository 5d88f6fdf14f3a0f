/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "best.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum rs_status rs_best_new(struct rs_top **out, struct rs_error *err)
{
    const struct rs_keep keep = {
        .p_max = 1.0, .top_of = RS_TOP_ALL, .top = RS_BEST_PAIRS};

    return rs_top_new(out, &keep, 1, 1, err);
}

enum rs_status rs_best_offer(struct rs_top *best, size_t y_ix, size_t x_ix,
                             const struct rs_fit *fit, struct rs_error *err)
{
    if (!rs_top_would_take(best, fit) ||
        (fit->outcome != RS_FIT_PERFECT && isnan(fit->log_p)))
        return RS_OK;
    return rs_top_offer(best, &(struct rs_top_fit){y_ix, x_ix, *fit}, err);
}

/* Fits, and how many they are. */
enum rs_status rs_best_send(struct rs_top *best, struct rs_out *out,
                            struct rs_error *err)
{
    size_t n = 0;
    const struct rs_top_fit *fits = rs_top_sorted(best, &n, err);
    char *room = NULL;

    if (fits == NULL)
        return RS_ERR_NOMEM;
    room = rs_out_reserve(out, n * sizeof *fits + sizeof n);
    memcpy(room, fits, n * sizeof *fits);
    memcpy(room + n * sizeof *fits, &n, sizeof n);
    rs_out_advance(out, n * sizeof *fits + sizeof n);
    rs_top_clear(best);
    return RS_OK;
}

enum rs_status rs_best_take(struct rs_top *best, const void *bytes,
                            size_t *n_bytes, struct rs_error *err)
{
    const char *at = bytes;
    enum rs_status status = RS_OK;
    struct rs_top_fit fit;
    size_t n = 0;

    assert(*n_bytes >= sizeof n);
    memcpy(&n, at + *n_bytes - sizeof n, sizeof n);
    assert(n <= RS_BEST_PAIRS && *n_bytes >= n * sizeof fit + sizeof n);
    *n_bytes -= n * sizeof fit + sizeof n;
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        memcpy(&fit, at + *n_bytes + i * sizeof fit, sizeof fit);
        status = rs_top_offer(best, &fit, err);
    }
    return status;
}
