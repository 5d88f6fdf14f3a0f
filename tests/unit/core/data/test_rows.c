/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_data.h"
#include "row_groups.h"
#include "row_take.h"
#include "row_view.h"
#include "run_suite.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 331, COLUMNS = 4, LEVELS = 3 };

/* Numbers, numbers of which some are missing or infinite, a factor, and levels
 * of which some are missing. */
static struct rs_dataset *make(double *values)
{
    uint64_t state = 7;
    struct rs_dataset *data = NULL;

    for (size_t i = 0; i < ROWS; i++) {
        values[i] = made_normal(&state);
        values[ROWS + i] = made_uniform(&state) < 0.2 ? NAN
                           : i % 50 == 0              ? INFINITY
                                                      : (double)i;
        values[2 * ROWS + i] = floor(LEVELS * made_uniform(&state));
        values[3 * ROWS + i] = made_uniform(&state) < 0.1
                                   ? NAN
                                   : floor(LEVELS * made_uniform(&state));
    }
    data = made_data(values, ROWS, COLUMNS);
    data->columns[1].n_infinite = 0;
    for (size_t i = 0; i < ROWS; i++)
        data->columns[1].n_infinite += isinf(values[ROWS + i]) ? 1 : 0;
    made_factor(&data->columns[2], ROWS, LEVELS);
    data->columns[2].levels = data->columns[2].factor;
    made_factor(&data->columns[3], ROWS, LEVELS);
    data->columns[3].levels = data->columns[3].factor;
    data->columns[3].factor = NULL;
    return data;
}

/* Row i of the dataset is row `from` of the values. */
static void check_row(const struct rs_dataset *data, size_t i,
                      const double *values, size_t from)
{
    for (size_t j = 0; j < COLUMNS; j++) {
        const struct rs_column *column = &data->columns[j];
        double value = values[j * ROWS + from];
        ck_assert_int_eq(rs_column_has(column, i), !isnan(value));
        if (!isnan(value))
            ck_assert(column->values[i] == value);
        if (column->levels != NULL)
            ck_assert_int_eq(column->levels->codes[i],
                             isnan(value) ? -1 : (int)value);
    }
    ck_assert_int_eq(data->columns[2].factor->codes[i],
                     (int)values[2 * ROWS + from]);
}

/* Counts and the bits behind the last row are those of its rows. */
static void check_counts(const struct rs_dataset *data)
{
    for (size_t j = 0; j < COLUMNS; j++) {
        const struct rs_column *column = &data->columns[j];
        size_t missing = 0;
        size_t infinite = 0;
        for (size_t i = 0; i < data->n_rows; i++) {
            missing += rs_column_has(column, i) ? 0 : 1;
            infinite += isinf(column->values[i]) ? 1 : 0;
        }
        ck_assert_uint_eq(column->n_missing, missing);
        ck_assert_uint_eq(column->n_infinite, infinite);
        ck_assert_uint_eq(
            rs_rows_count(column->valid, rs_bit_words(data->n_rows)),
            data->n_rows - missing);
    }
}

START_TEST(test_take)
{
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    size_t order[ROWS];

    for (size_t i = 0; i < ROWS; i++)
        order[i] = (i * 100 + 7) % ROWS; /* all of them, 331 is prime */
    ck_assert_int_eq(
        rs_dataset_take_rows(data, order, ROWS - 20, (unsigned)_i + 1, NULL),
        RS_OK);
    ck_assert_uint_eq(data->n_rows, ROWS - 20);
    for (size_t i = 0; i < data->n_rows; i++)
        check_row(data, i, values, order[i]);
    check_counts(data);
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_keep)
{
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    uint64_t keep[(ROWS + 63) / 64] = {0};
    uint64_t dropped = 0;
    size_t at = 0;

    for (size_t i = 3; i < ROWS; i += 3)
        rs_rows_add(keep, i);
    ck_assert_int_eq(rs_dataset_keep_rows(&dropped, data, keep, 2, NULL),
                     RS_OK);
    ck_assert_uint_eq(dropped, ROWS - ROWS / 3);
    for (size_t i = 3; i < ROWS; i += 3)
        check_row(data, at++, values, i);
    ck_assert_uint_eq(at, data->n_rows);
    check_counts(data);
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_complete)
{
    static const size_t columns[] = {3, 1};
    static const uint64_t none[(ROWS + 63) / 64] = {0};
    const struct rs_complete_ask ask = {columns, 2, "none of %zu"};
    const uint64_t *valid = NULL;
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    uint64_t dropped = 0;
    size_t at = 0;
    struct rs_error err;

    ck_assert_int_eq(rs_dataset_keep_complete(&dropped, data, &ask, 2, &err),
                     RS_OK);
    for (size_t i = 0; i < ROWS; i++)
        if (!isnan(values[ROWS + i]) && !isnan(values[3 * ROWS + i]))
            check_row(data, at++, values, i);
    ck_assert_uint_eq(at, data->n_rows);
    ck_assert_uint_eq(dropped, ROWS - at);
    ck_assert_uint_gt(dropped, 0);
    check_counts(data);
    valid = data->columns[1].valid;
    data->columns[1].valid = none;
    ck_assert_int_eq(rs_dataset_keep_complete(&dropped, data, &ask, 2, &err),
                     RS_ERR_INCONSISTENT);
    ck_assert_str_eq(err.text, "none of 2");
    data->columns[1].valid = valid;
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_view)
{
    static const struct rs_row_range ranges[] = {
        {0, ROWS}, {0, 1},   {1, 63},  {63, 2},   {64, 64},
        {65, 200}, {330, 1}, {5, 128}, {127, 65}, {ROWS - 64, 64},
    };
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    struct rs_row_view *view = NULL;

    ck_assert_int_eq(rs_row_view_new(&view, data, NULL), RS_OK);
    for (size_t k = 0; k < sizeof ranges / sizeof ranges[0]; k++) {
        const struct rs_dataset *rows = rs_row_view_data(view);
        ck_assert_int_eq(rs_row_view_move(view, ranges[k], NULL), RS_OK);
        ck_assert_uint_eq(rows->n_rows, ranges[k].n);
        for (size_t i = 0; i < rows->n_rows; i++)
            check_row(rows, i, values, ranges[k].first + i);
        check_counts(rows);
    }
    rs_row_view_free(view);
    rs_dataset_free(data);
}
END_TEST

/* The level of a row, in the order of its group: the first column slowest. */
static int place_of(const double *values, size_t row)
{
    return LEVELS * (int)values[3 * ROWS + row] + (int)values[2 * ROWS + row];
}

START_TEST(test_groups)
{
    static const size_t by[] = {3, 2};
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    struct rs_row_groups groups;
    size_t at = 0;

    ck_assert_int_eq(rs_row_groups_sort(&groups, data, by, 2, 2, NULL), RS_OK);
    ck_assert_uint_eq(groups.n, LEVELS * LEVELS);
    for (int g = 0; g < LEVELS * LEVELS; g++) {
        ck_assert_uint_eq(groups.rows[g].first, at);
        ck_assert_uint_eq(groups.codes[2 * g], (unsigned)g / LEVELS);
        ck_assert_uint_eq(groups.codes[2 * g + 1], (unsigned)g % LEVELS);
        for (size_t i = 0; i < ROWS; i++)
            if (!isnan(values[3 * ROWS + i]) && place_of(values, i) == g)
                check_row(data, at++, values, i);
        ck_assert_uint_eq(groups.rows[g].first + groups.rows[g].n, at);
    }
    ck_assert_uint_eq(at, data->n_rows);
    ck_assert_uint_eq(groups.n_dropped, ROWS - at);
    rs_row_groups_clear(&groups);
    rs_dataset_free(data);
}
END_TEST

/* After rows went, groups without any are not there. */
START_TEST(test_groups_again)
{
    static const size_t by[] = {3};
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    struct rs_row_groups groups;
    uint64_t keep[(ROWS + 63) / 64] = {0};
    uint64_t dropped = 0;
    size_t n = 0;

    ck_assert_int_eq(rs_row_groups_sort(&groups, data, by, 1, 1, NULL), RS_OK);
    n = groups.rows[2].n;
    for (size_t i = groups.rows[2].first; i < data->n_rows; i++)
        rs_rows_add(keep, i);
    ck_assert_int_eq(rs_dataset_keep_rows(&dropped, data, keep, 1, NULL),
                     RS_OK);
    ck_assert_int_eq(rs_row_groups_find(&groups, data, NULL), RS_OK);
    ck_assert_uint_eq(groups.n, 1);
    ck_assert_uint_eq(groups.codes[0], 2);
    ck_assert_uint_eq(groups.rows[0].first, 0);
    ck_assert_uint_eq(groups.rows[0].n, n);
    rs_row_groups_clear(&groups);
    rs_dataset_free(data);
}
END_TEST

START_TEST(test_no_group)
{
    static const size_t by[] = {3};
    double values[COLUMNS * ROWS];
    struct rs_dataset *data = make(values);
    struct rs_row_groups groups;
    struct rs_error err;

    for (size_t i = 0; i < ROWS; i++)
        data->columns[3].levels->codes[i] = -1;
    ck_assert_int_eq(rs_row_groups_sort(&groups, data, by, 1, 1, &err),
                     RS_ERR_INCONSISTENT);
    rs_dataset_free(data);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_take, 3},     {&test_keep, 1},   {&test_complete, 1},
    {&test_view, 1},     {&test_groups, 1}, {&test_groups_again, 1},
    {&test_no_group, 1},
};
SUITE(rows, tests)
