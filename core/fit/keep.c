/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keep.h"

#include "tails.h"

#include <math.h>

static const double margin = 1e-9;

bool rs_keep_fit(const struct rs_keep *keep, const struct rs_fit *fit)
{
    if (fit->outcome == RS_FIT_PERFECT)
        return true;
    if (keep->p_max < 1.0 && !(exp(fit->log_p) <= keep->p_max)) /* p as shown */
        return false;
    if (keep->top_of != RS_TOP_NONE && isnan(fit->log_p))
        return false;
    if (keep->partial_r2_min > 0.0 &&
        !(rs_fit_partial_r2(fit) >= keep->partial_r2_min))
        return false;
    return !(keep->r2_min > 0.0) || fit->r2 >= keep->r2_min;
}

double rs_keep_least_r(const struct rs_keep *keep, double df)
{
    double t = keep->p_max < 1.0 ? rs_t_quantile(keep->p_max, df) : 0.0;

    return t / hypot(t, sqrt(df)) * (1.0 - margin);
}

double rs_keep_least_partial_r(const struct rs_keep *keep, double base_r2)
{
    /* r2 = base_r2 + (1 - base_r2) r^2 */
    double squared = (keep->r2_min - base_r2) / (1.0 - base_r2);

    squared = fmax(squared, keep->partial_r2_min);
    return squared > 0.0 ? sqrt(squared) * (1.0 - margin) : 0.0;
}
