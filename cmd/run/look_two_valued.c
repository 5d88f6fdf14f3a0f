/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "human.h"
#include "models.h"
#include "name_list.h"

#include <math.h>
#include <string.h>

/* Two values, no more and no less; looks no further than the third. */
static bool is_two_valued(const struct rs_column *column, size_t n_rows)
{
    double first = NAN;
    double second = NAN;

    for (size_t i = 0; i < n_rows; i++) {
        double value = column->values[i];
        if (isnan(value) || value == first || value == second)
            continue;
        if (!isnan(second))
            return false;
        if (isnan(first))
            first = value;
        else
            second = value;
    }
    return !isnan(second);
}

/* Classical errors of least squares, and no p but theirs. */
static bool errors_are_classical(const struct rs_settings *settings)
{
    return strcmp(settings->modelling.model, "ols") == 0 &&
           strcmp(settings->modelling.se, "classical") == 0 &&
           !settings->modelling.survey && settings->testing.permute == 0 &&
           settings->testing.bootstrap == 0;
}

enum rs_status rs_look_two_valued(const struct rs_look *look,
                                  struct rs_error *err)
{
    const struct rs_input *input = look->input;
    struct rs_name_list names = {0};
    bool one = false;

    if (!errors_are_classical(look->settings))
        return RS_OK;
    for (size_t i = 0; i < input->n_y; i++) {
        const struct rs_column *column = &input->data->columns[input->y[i]];
        if (is_two_valued(column, input->data->n_rows))
            rs_name_list_add(&names, column->name);
    }
    if (names.of == 0)
        return RS_OK;
    one = names.of == 1;
    return rs_notices_add(
        &look->input->notices, RS_NOTICE_WARNING, err,
        one ? "%s has two values: it is fitted as a linear probability, whose "
              "errors are not alike ({se} hc3 allows for that)"
            : "%s have two values: they are fitted as linear probabilities, "
              "whose errors are not alike ({se} hc3 allows for that)",
        rs_name_list_end(&names));
}
