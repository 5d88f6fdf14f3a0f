/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ols_shared.h"

#include <math.h>

struct rs_errors_room *rs_ols_term_room(struct rs_ols *self,
                                        const struct rs_lsq_result *result)
{
    return result->outcome == RS_FIT_OK && rs_errors_robust(&self->base.spec)
               ? &self->errors
               : NULL;
}

struct rs_term rs_ols_joint(struct rs_ols *self, size_t term,
                            const struct rs_lsq_result *result,
                            const size_t *kept, size_t n)
{
    struct rs_term out = {.term = term,
                          .estimate = NAN,
                          .se = NAN,
                          .kind = RS_TERM_JOINT,
                          .f = NAN,
                          .df1 = n};

    struct rs_lsq_joint joint = {NAN, RS_FIT_OK};

    if (n > 0 && result->outcome == RS_FIT_OK &&
        !rs_lsq_joint(self->lsq, &joint, result, rs_ols_term_room(self, result),
                      kept, n))
        self->no_memory = true;
    out.f = joint.f;
    out.outcome = joint.outcome;
    return out;
}
