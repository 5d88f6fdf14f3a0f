/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "column_choice.h"
#include "run_suite.h"
#include "source_memory.h"

#include <string.h>

/* What a header tells of a run's columns: a table of one row, in memory. */
static const char *const names[] = {"id", "a", "b", "c", "w", ""};
enum { ID, A, B, C, W, NAMELESS, N_COLUMNS };

static struct rs_table *table;
static struct rs_settings settings;
static struct rs_column_choice choice;

static void setup(void)
{
    static const double one = 1.0;
    struct rs_memory_column columns[N_COLUMNS];
    struct rs_source *source = NULL;
    struct rs_error err;

    for (size_t j = 0; j < N_COLUMNS; j++)
        columns[j] = (struct rs_memory_column){names[j], &one, NULL};
    ck_assert_int_eq(rs_source_memory_new(&source, columns, N_COLUMNS, 1, &err),
                     RS_OK);
    ck_assert_int_eq(rs_table_open_source(&table, source, 1, &err), RS_OK);
    ck_assert_int_eq(rs_settings_init(&settings, RS_CMD_RUN, &err), RS_OK);
}

static void teardown(void)
{
    rs_column_choice_clear(&choice);
    rs_settings_clear(&settings);
    rs_table_close(table);
}

static void set(const char *name, const char *value)
{
    struct rs_error err;

    ck_assert_int_eq(rs_settings_set(&settings, name, value, &err), RS_OK);
}

static void choose(void)
{
    struct rs_error err = {0};

    ck_assert_msg(
        rs_column_choice_init(&choice, table, &settings, NULL, &err) == RS_OK,
        "%s", err.text);
}

static void refuse(const char *why)
{
    struct rs_error err = {0};

    ck_assert_int_eq(
        rs_column_choice_init(&choice, table, &settings, NULL, &err),
        RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
}

static void check_list(const struct rs_selection *list, size_t n,
                       const size_t *columns)
{
    ck_assert_uint_eq(list->n, n);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(list->columns[i], columns[i]);
}

/* Each column is wanted once, in the order of y, x, covariates, weights. */
START_TEST(test_lists)
{
    set("dependent", "c");
    set("independent", "a,c");
    set("covariates", "b,id");
    set("factor", "id");
    set("weights", "w");
    choose();
    check_list(&choice.y, 1, (size_t[]){C});
    check_list(&choice.x, 2, (size_t[]){A, C});
    ck_assert_uint_eq(choice.n_wanted, 5);
    ck_assert_mem_eq(choice.wanted, ((size_t[]){C, A, B, ID, W}),
                     5 * sizeof(size_t));
    for (size_t k = 0; k < choice.n_wanted; k++)
        ck_assert_uint_eq(choice.place[choice.wanted[k]], k);
    ck_assert_uint_eq(choice.place[NAMELESS], N_COLUMNS);
    ck_assert(choice.is_factor[ID] && !choice.is_factor[B]);
    ck_assert(choice.used[C] && choice.used[B] && !choice.used[W]);
}
END_TEST

/* Without x: all that has a name and is nothing else. */
START_TEST(test_default)
{
    set("dependent", "a");
    set("covariates", "b");
    set("weights", "w");
    choose();
    check_list(&choice.x, 2, (size_t[]){ID, C});
}
END_TEST

/* Without x, unique pairs: those of y. */
START_TEST(test_unique)
{
    set("dependent", "c,a");
    set("pairs", "unique");
    choose();
    check_list(&choice.x, 2, (size_t[]){C, A});
}
END_TEST

START_TEST(test_transforms)
{
    set("dependent", "a");
    set("independent", "b,c");
    set("transform", "log(b,c)");
    choose();
    ck_assert_uint_eq(choice.transforms.list.n, 1);
    check_list(&choice.transforms.columns[0], 2, (size_t[]){B, C});
}
END_TEST

static const struct {
    const char *setting, *value, *why;
} refused[] = {
    {"weights", "b,w", "weights: one column, not 2"},
    {"factor", "a", "factor: 'a' is a dependent column"},
    {"covariates", "id,b,c,w", "no column is left to be independent"},
};

START_TEST(test_refused)
{
    set("dependent", "a");
    set(refused[_i].setting, refused[_i].value);
    refuse(refused[_i].why);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_lists, 1},
    {&test_default, 1},
    {&test_unique, 1},
    {&test_transforms, 1},
    {&test_refused, sizeof refused / sizeof refused[0]},
};
SUITE(column_choice, tests, .setup = setup, .teardown = teardown)
