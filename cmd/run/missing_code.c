/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "missing_code.h"

#include "visible.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const int all_codes[RS_MISSING_CODES] = {-9, -8,  -99,  -999, -9999,
                                                99, 999, 9999, 99999};
enum { NINE, EIGHT }; /* places in all_codes */

/* Cells of each code, and how far the others reach. */
struct seen {
    size_t n[RS_MISSING_CODES];
    double least, most;
};

static size_t place_of(double value)
{
    size_t k = 0;

    while (k < RS_MISSING_CODES && value != all_codes[k])
        k++;
    return k;
}

/* Whether one end of every step-th value is a code. Comparisons leave NaN
 * out. */
static bool ends_in_code(const double *values, size_t n, size_t step)
{
    double least = HUGE_VAL;
    double most = -HUGE_VAL;

    for (size_t i = 0; i < n; i += step) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    return place_of(least) < RS_MISSING_CODES ||
           place_of(most) < RS_MISSING_CODES;
}

static void extend(struct seen *seen, double value)
{
    seen->least = value < seen->least ? value : seen->least;
    seen->most = value > seen->most ? value : seen->most;
}

/* Whether a number is a code if it is far, else it is one of the others. */
static bool are_enough(const struct seen *seen, size_t k)
{
    return k == EIGHT ? seen->n[NINE] > 1 && seen->n[EIGHT] > 0
                      : seen->n[k] > 1;
}

static void count(struct seen *out, const double *values, size_t n)
{
    *out = (struct seen){.least = HUGE_VAL, .most = -HUGE_VAL};
    for (size_t i = 0; i < n; i++) {
        size_t k = place_of(values[i]);
        if (k < RS_MISSING_CODES)
            out->n[k]++;
        else if (isfinite(values[i]))
            extend(out, values[i]);
    }
    for (size_t k = 0; k < RS_MISSING_CODES; k++)
        if (out->n[k] > 0 && !are_enough(out, k))
            extend(out, all_codes[k]);
}

static bool is_far(const struct seen *seen, double code)
{
    double span = seen->most - seen->least;

    if (code > 0.0)
        return code - seen->most > span;
    return code < seen->least &&
           (seen->least >= 0.0 || seen->least - code > span);
}

void rs_missing_codes_find(struct rs_missing_codes *out,
                           const struct rs_column *column, size_t n_rows,
                           size_t n_looked)
{
    size_t step = n_looked < n_rows ? n_rows / n_looked : 1;
    struct seen seen;

    out->n = 0;
    if (column->values == NULL || column->factor != NULL ||
        column->labelled.n > 0 ||
        (column->n_infinite == 0 &&
         !ends_in_code(column->values, n_rows, step)))
        return;
    count(&seen, column->values, n_rows);
    for (size_t k = 0; k < RS_MISSING_CODES && seen.least < seen.most; k++) {
        if (!are_enough(&seen, k) || !is_far(&seen, all_codes[k]))
            continue;
        out->values[out->n] = all_codes[k];
        out->n_cells[out->n++] = seen.n[k];
    }
}

void rs_missing_codes_write(char out[RS_MISSING_CODE_TEXT],
                            const struct rs_missing_codes *codes,
                            const char *between)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < codes->n; i++)
        used +=
            (size_t)snprintf(out + used, RS_MISSING_CODE_TEXT - used, "%s%d",
                             i > 0 ? between : "", codes->values[i]);
}

/* Whether a value of {na} in quotes can begin with a name as it is. */
static bool can_begin(const char *name)
{
    char shown[RS_MISSING_CODE_TEXT];
    size_t len = strlen(name);

    if (len == 0 || 4 * len >= sizeof shown / 2 || name[0] == '+' ||
        strpbrk(name, "'=\\") != NULL)
        return false;
    (void)rs_visible_copy(shown, sizeof shown, name);
    return strcmp(shown, name) == 0;
}

void rs_missing_na(char out[RS_MISSING_CODE_TEXT], const char *name,
                   const char *texts)
{
    size_t used = 1;

    out[0] = '\'';
    if (name != NULL && can_begin(name)) {
        for (; *name != '\0'; name++) {
            if (*name == ',')
                out[used++] = '\\';
            out[used++] = *name;
        }
        out[used++] = '=';
    }
    (void)snprintf(out + used, RS_MISSING_CODE_TEXT - used, "+%s'", texts);
}
