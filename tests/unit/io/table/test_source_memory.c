/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_memory.h"

#include "dataset_new.h"
#include "run_suite.h"
#include "source.h"

#include <check.h>
#include <math.h>
#include <string.h>

enum { ROWS = 70, A = 0, GROUP, CODE, VOID, N_COLUMNS };

static double a[ROWS], code[ROWS];
static const char *group[ROWS];
static const char *const nothing[ROWS] = {NULL};

static struct rs_source *make(void)
{
    static const struct rs_memory_column columns[N_COLUMNS] = {
        {.name = "a", .values = a},
        {.name = "group", .texts = group},
        {.name = "code", .values = code},
        {.name = "void", .texts = nothing}};
    static const char *const levels[] = {"1", "01", "", "b", NULL};
    static const double codes[] = {10.0, 9.0, -0.5, INFINITY, NAN};
    struct rs_source *source = NULL;

    for (size_t i = 0; i < ROWS; i++) {
        a[i] = (double)i;
        group[i] = levels[i % 5];
        code[i] = codes[i % 5];
    }
    a[1] = NAN;
    a[65] = -INFINITY;
    a[69] = NAN;
    ck_assert_int_eq(
        rs_source_memory_new(&source, columns, N_COLUMNS, ROWS, NULL), RS_OK);
    ck_assert_uint_eq(source->n_columns, N_COLUMNS);
    ck_assert_str_eq(source->names[CODE], "code");
    ck_assert_uint_eq(source->n_rows, ROWS);
    ck_assert_ptr_null(source->row_names);
    return source;
}

static struct rs_dataset *load(struct rs_source *source, const size_t *columns,
                               size_t n)
{
    struct rs_dataset *data = NULL;

    ck_assert_int_eq(rs_source_load(&data, source, columns, n, NULL), RS_OK);
    ck_assert_uint_eq(data->n_rows, ROWS);
    ck_assert_uint_eq(data->n_columns, n);
    return data;
}

START_TEST(test_numbers)
{
    static const size_t wanted[] = {CODE, A};
    struct rs_source *source = make();
    struct rs_dataset *data = load(source, wanted, 2);
    const struct rs_column *column = &data->columns[1];

    ck_assert_str_eq(column->name, "a");
    ck_assert_uint_eq(column->file_ix, A);
    ck_assert_int_eq(column->type, RS_TYPE_NUMERIC);
    ck_assert_uint_eq(column->n_missing, 2);
    ck_assert_uint_eq(column->n_infinite, 1);
    ck_assert_uint_eq(column->fault.kind, RS_FAULT_NONE);
    for (size_t i = 0; i < ROWS; i++) {
        ck_assert(rs_column_has(column, i) == (i != 1 && i != 69));
        ck_assert(isnan(a[i]) ? isnan(column->values[i])
                              : column->values[i] == a[i]);
    }
    rs_dataset_free(data);
    rs_source_close(source);
}
END_TEST

/* A dataset keeps what it was loaded with, after all else is gone; another
 * load sees what the caller has now. */
START_TEST(test_load_again)
{
    static const size_t wanted = A;
    struct rs_source *source = make();
    struct rs_dataset *first = load(source, &wanted, 1);
    struct rs_dataset *second = NULL;

    a[2] = 200.0;
    second = load(source, &wanted, 1);
    rs_source_close(source);
    ck_assert_double_eq(first->columns[0].values[2], 2.0);
    ck_assert_double_eq(second->columns[0].values[2], 200.0);
    rs_dataset_cells(first, 0)[3] = 300.0;
    ck_assert_double_eq(a[3], 3.0);
    rs_dataset_free(first);
    rs_dataset_free(second);
}
END_TEST

static void check_levels(const struct rs_factor *factor,
                         const char *const *levels, size_t n,
                         const int32_t *codes)
{
    ck_assert_uint_eq(factor->n_levels, n);
    for (size_t l = 0; l < n; l++)
        ck_assert_str_eq(factor->levels[l], levels[l]);
    for (size_t i = 0; i < ROWS; i++)
        ck_assert_int_eq(factor->codes[i], codes[i % 5]);
}

/* Texts are levels by their bytes, numbers by what they are. */
START_TEST(test_factors)
{
    static const size_t wanted[] = {GROUP, CODE};
    static const size_t both[] = {0, 1};
    static const char *const texts[] = {"", "01", "1", "b"};
    static const char *const numbers[] = {"-0.5", "9", "10", "inf"};
    static const int32_t text_codes[] = {2, 1, 0, 3, -1};
    static const int32_t number_codes[] = {2, 1, 0, 3, -1};
    struct rs_source *source = make();
    struct rs_dataset *data = load(source, wanted, 2);
    const struct rs_column *column = &data->columns[0];

    ck_assert_int_eq(column->type, RS_TYPE_TEXT);
    ck_assert_ptr_null(column->values);
    ck_assert_uint_eq(column->n_missing, ROWS / 5);
    ck_assert_uint_eq(column->fault.kind, RS_FAULT_NOT_A_NUMBER);
    ck_assert_str_eq(column->fault.text, "1");
    for (int times = 0; times < 2; times++) {
        ck_assert_int_eq(rs_source_load_factors(
                             source, data,
                             &(struct rs_factors_ask){.columns = both, .n = 2},
                             NULL),
                         RS_OK);
        check_levels(column->factor, texts, 4, text_codes);
        check_levels(data->columns[1].factor, numbers, 4, number_codes);
    }
    rs_dataset_free(data);
    rs_source_close(source);
}
END_TEST

START_TEST(test_all_missing)
{
    static const size_t wanted = VOID;
    static const size_t first = 0;
    struct rs_source *source = make();
    struct rs_dataset *data = load(source, &wanted, 1);

    ck_assert_int_eq(data->columns[0].type, RS_TYPE_NUMERIC);
    ck_assert_uint_eq(data->columns[0].n_missing, ROWS);
    ck_assert_int_eq(rs_source_load_factors(
                         source, data,
                         &(struct rs_factors_ask){.columns = &first, .n = 1},
                         NULL),
                     RS_OK);
    ck_assert_uint_eq(data->columns[0].factor->n_levels, 0);
    ck_assert_int_eq(data->columns[0].factor->codes[7], -1);
    rs_dataset_free(data);
    rs_source_close(source);
}
END_TEST

START_TEST(test_no_rows)
{
    static const struct rs_memory_column column = {.name = "a", .values = a};
    struct rs_source *source = NULL;
    struct rs_error err = {0};

    ck_assert_int_eq(rs_source_memory_new(&source, &column, 1, 0, &err),
                     RS_ERR_INCONSISTENT);
    ck_assert_ptr_null(source);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_numbers, 1},     {&test_load_again, 1}, {&test_factors, 1},
    {&test_all_missing, 1}, {&test_no_rows, 1},
};
SUITE(source_memory, tests)
