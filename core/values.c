/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "values.h"

#include <math.h>

double rs_values_of(const struct rs_values *values, const struct rs_fit *fit)
{
    if (values->field != RS_VALUE_LOG_P)
        return rs_fit_value(fit, (enum rs_field)values->field,
                            values->conf_level);
    return fit->outcome == RS_FIT_PERFECT ? -INFINITY : fit->log_p;
}
