/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "mem.h"
#include "name_list.h"
#include "pairs_ask.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST_ROWS = 10,   /* fewer are soon a sequence */
    MOST_SORTED = 100, /* columns whose numbers are sorted to be compared */
    NAME_BYTES = 64    /* longer names are read to here */
};

/* ---- names ------------------------------------------------------- */

static void lower(char out[NAME_BYTES], const char *name)
{
    size_t i = 0;

    for (; name[i] != '\0' && i + 1 < NAME_BYTES; i++)
        out[i] = (char)tolower((unsigned char)name[i]);
    out[i] = '\0';
}

static bool is_one_of(const char *name, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

static bool ends_in(const char *name, const char *end)
{
    size_t len = strlen(name);
    size_t end_len = strlen(end);

    return len > end_len && strcmp(name + len - end_len, end) == 0;
}

bool rs_name_is_id(const char *name)
{
    static const char *const whole[] = {
        "id",       "ids",       "uid",       "pid",   "iid",       "fid",
        "index",    "idx",       "row",       "rowid", "rowno",     "rownum",
        "seqn",     "rownumber", "row_names", "no",    "row.names", "nr",
        "rownames", "record",    "key"};
    static const char *const ends[] = {"_id", ".id", " id", "-id", "_index"};
    char small[NAME_BYTES];
    size_t len = strlen(name);

    lower(small, name);
    if (is_one_of(small, whole, sizeof whole / sizeof whole[0]) ||
        strncmp(small, "id_", 3) == 0 || strncmp(small, "unnamed:", 8) == 0)
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends_in(small, ends[i]))
            return true;
    return len > 2 && islower((unsigned char)name[len - 3]) != 0 &&
           (ends_in(name, "ID") || ends_in(name, "Id"));
}

/* Names that programs give a column of row names. */
static bool is_nameless(const char *name)
{
    static const char *const whole[] = {"V1", "X", "X1", "...1"};

    return is_one_of(name, whole, sizeof whole / sizeof whole[0]);
}

/* What may go up by 1 from row to row, and is measured: times, and numbers of
 * things, as of atoms. */
static bool is_measure(const char *name)
{
    static const char *const parts[] = {
        "time", "day",  "week",  "month",  "year", "hour",  "minute", "date",
        "age",  "dose", "trend", "period", "wave", "visit", "number"};
    char small[NAME_BYTES];

    lower(small, name);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strstr(small, parts[i]) != NULL)
            return true;
    return strcmp(small, "t") == 0;
}

/* ---- numbers ----------------------------------------------------- */

static bool counts_on(const double *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (values[i] != values[0] + (double)i)
            return false;
    return true;
}

static bool are_whole(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (values[i] != floor(values[i]))
            return false;
    return true;
}

static bool are_rising(const double *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!(values[i] > values[i - 1]))
            return false;
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* No value twice; memory that is short says so of none. */
static bool are_different(const double *values, size_t n)
{
    double *sorted = NULL;
    bool different = false;

    if (are_rising(values, n))
        return true;
    sorted = rs_alloc(n, sizeof *sorted, NULL);
    if (sorted != NULL) {
        memcpy(sorted, values, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, by_value);
        different = are_rising(sorted, n);
    }
    free(sorted);
    return different;
}

/* Whether the first values could be those of an id: most columns are no ids,
 * and are known by few of them, while names take long to look at. */
static bool begins_as_id(const double *values)
{
    for (size_t i = 0; i < LEAST_ROWS; i++) {
        if (values[i] != floor(values[i]))
            return false;
        for (size_t k = 0; k < i; k++)
            if (values[i] == values[k])
                return false;
    }
    return true;
}

bool rs_numbers_are_id(const struct rs_column *column, const char *name,
                       size_t n, size_t *n_sorted)
{
    const double *values = column->values;

    if (values == NULL || column->factor != NULL || column->n_missing > 0 ||
        n < LEAST_ROWS)
        return false;
    if (counts_on(values, n)) {
        if (is_nameless(name))
            return true;
        if (values[0] == 0.0 || values[0] == 1.0)
            return !is_measure(name);
    }
    if (!begins_as_id(values) || !rs_name_is_id(name) || !are_whole(values, n))
        return false;
    return (*n_sorted)++ < MOST_SORTED && are_different(values, n);
}

/* ---- a list ------------------------------------------------------ */

/* Whether another list names a column, which is in no pair as this one then. */
static bool is_named(const struct rs_column_choice *choice, size_t position)
{
    for (size_t i = 0; i < choice->y.n; i++)
        if (choice->y.columns[i] == position)
            return !choice->y.by_pattern[i];
    return rs_selection_has(&choice->covariates, position);
}

static enum rs_status look_at(const struct rs_look *look, const char *setting,
                              const struct rs_selection *selection,
                              struct rs_error *err)
{
    const struct rs_dataset *data = look->input->data;
    char out[RS_EXCLUSIONS_TEXT] = "";
    struct rs_name_list names = {0};
    size_t n_sorted = 0;
    bool typed = true;
    bool one = false;

    for (size_t i = 0; i < selection->n; i++) {
        size_t place = look->choice->place[selection->columns[i]];
        const char *name = rs_table_names(look->table)[selection->columns[i]];
        if (!selection->by_pattern[i] ||
            !rs_numbers_are_id(&data->columns[place], name, data->n_rows,
                               &n_sorted) ||
            is_named(look->choice, selection->columns[i]))
            continue;
        rs_name_list_add(&names, name);
        typed = typed && names.n == names.of && rs_exclusion_add(out, name);
    }
    if (names.of == 0)
        return RS_OK;
    one = names.of == 1;
    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err,
                          !typed
                              ? "%s look%s like %s"
                              : "%s look%s like %s ({%s} '%s' leaves %s out)",
                          rs_name_list_end(&names), one ? "s" : "",
                          one ? "row numbers or an id" : "row numbers or ids",
                          setting, out, one ? "it" : "them");
}

enum rs_status rs_look_ids(const struct rs_look *look, struct rs_error *err)
{
    const struct rs_column_choice *choice = look->choice;
    enum rs_status status = look_at(look, "dependent", &choice->y, err);

    if (status != RS_OK || rs_pairs_of(look->settings) == RS_PAIRS_UNIQUE)
        return status;
    return look_at(look, "independent", &choice->x, err);
}
