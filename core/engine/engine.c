/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine.h"

static bool is_kept(const struct rs_keep *keep, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    return rs_keep_fit(keep, fit) &&
           (keep->q == NULL || keep->q->met(keep->q->ctx, y_ix, x_ix, fit));
}

void rs_engine_emit(const struct rs_engine_env *env,
                    const struct rs_emitter *emit, size_t y_ix, size_t x_ix,
                    const struct rs_fit *fit)
{
    rs_tally_add(emit->tally, fit);
    if (emit->sample != NULL)
        rs_p_sample_put(emit->sample, y_ix, x_ix, fit);
    rs_engine_hand_over(env, emit, y_ix, x_ix, fit);
}

void rs_engine_hand_over(const struct rs_engine_env *env,
                         const struct rs_emitter *emit, size_t y_ix,
                         size_t x_ix, const struct rs_fit *fit)
{
    /* What was lost must be seen, whatever would have become of it. */
    if (fit->outcome != RS_FIT_WORKER_LOST && rs_keep_some(env->keep) &&
        !is_kept(env->keep, y_ix, x_ix, fit))
        return;
    emit->tally->kept++;
    if (emit->values != NULL)
        *rs_values_cell(emit->values, y_ix, x_ix) =
            rs_values_of(emit->values, fit);
    else
        emit->row(emit->ctx, y_ix, x_ix, fit);
}
