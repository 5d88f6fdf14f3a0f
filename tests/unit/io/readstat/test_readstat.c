/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readstat_read.h"
#include "run_suite.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/*
 * A file of Stata 10 (release 114), byte by byte as its manual has it: three
 * bytes of labels, an int32 and a double, and a text of 4.
 */
enum { ROWS = 6, SEX = 0, AGE, X, NAME, N_COLUMNS };

static const int32_t sex[ROWS] = {2, 1, 2, 2, 1, INT32_MAX}; /* .: missing */
static const int32_t age[ROWS] = {30, 999, 41, -9, 52, 63};
static const double x[ROWS] = {0.1, -2.5, 1e300, 7.0, 7.0, 0x1p-1074};
static const char names[ROWS][4] = {"b", "a", "", "NA", "b", "full"};

struct maker {
    char *at;
};

static void put(struct maker *to, const void *bytes, size_t n)
{
    memcpy(to->at, bytes, n);
    to->at += n;
}

/* A text in a field of n bytes. */
static void put_text(struct maker *to, const char *text, size_t n)
{
    memcpy(to->at, text, strlen(text));
    to->at += n; /* the rest is 0 */
}

static void put_int(struct maker *to, int32_t value)
{
    put(to, &value, sizeof value); /* LOHI, as this machine */
}

static void put_columns(struct maker *to)
{
    static const char *const called[] = {"sex", "age", "x", "name"};
    static const char *const formats[] = {"%9.0g", "%9.0g", "%9.0g", "%4s"};
    static const char *const sets[] = {"sexes", "refusals", "", ""};
    static const char *const labels[] = {"Sex at birth", "", "", ""};

    put(to, "\xfd\xfd\xff\4", 4); /* int32, int32, double, str4 */
    for (int j = 0; j < N_COLUMNS; j++)
        put_text(to, called[j], 33);
    to->at += 2 * (N_COLUMNS + 1); /* sorted by nothing */
    for (int j = 0; j < N_COLUMNS; j++)
        put_text(to, formats[j], 49);
    for (int j = 0; j < N_COLUMNS; j++)
        put_text(to, sets[j], 33);
    for (int j = 0; j < N_COLUMNS; j++)
        put_text(to, labels[j], 81);
    to->at += 5; /* no characteristics */
}

/* Words for two numbers. */
static void put_labels(struct maker *to, const char *name, int32_t a,
                       const char *of_a, int32_t b, const char *of_b)
{
    int32_t len_a = (int32_t)strlen(of_a) + 1;
    int32_t len = len_a + (int32_t)strlen(of_b) + 1;

    put_int(to, 8 + 8 + 8 + len);
    put_text(to, name, 33 + 3);
    put_int(to, 2);
    put_int(to, len);
    put_int(to, 0);
    put_int(to, len_a);
    put_int(to, a);
    put_int(to, b);
    put_text(to, of_a, (size_t)len_a);
    put_text(to, of_b, (size_t)(len - len_a));
}

/* less: so many bytes are cut off */
static struct rs_bytes make_file(size_t less)
{
    struct rs_bytes bytes = {.fd = -1};
    struct maker to = {NULL};

    ck_assert_int_eq(rs_pages_new(&bytes.held, 1 << 16, NULL), RS_OK);
    to.at = bytes.held.base;
    put(&to, "\x72\2\1\0\4\0", 6);
    put_int(&to, ROWS);
    to.at += 81 + 18; /* no label, no time */
    put_columns(&to);
    for (int i = 0; i < ROWS; i++) {
        put_int(&to, sex[i]);
        put_int(&to, age[i]);
        put(&to, &x[i], sizeof x[i]);
        put(&to, names[i], sizeof names[i]);
    }
    put_labels(&to, "sexes", 2, "Female", 1, "Male");
    put_labels(&to, "refusals", 999, "refused", -9, "unknown");
    bytes.size = (size_t)(to.at - (char *)bytes.held.base) - less;
    return bytes;
}

static const char *const na[] = {"", "NA"};

static struct rs_readstat *open_file(bool no_labels)
{
    const struct rs_readstat_options options = {.cells = {.na = na, .n_na = 2},
                                                .no_labels = no_labels};
    struct rs_bytes bytes = make_file(0);
    struct rs_readstat *file = NULL;
    struct rs_error err = {0};

    ck_assert(rs_readstat_is(bytes.held.base, bytes.size));
    bytes.path = rs_text_copy("f.dta", 5, NULL);
    ck_assert_msg(rs_readstat_open(&file, &bytes, &options, &err) == RS_OK,
                  "%s", err.text);
    ck_assert_uint_eq(rs_readstat_n_columns(file), N_COLUMNS);
    ck_assert_str_eq(rs_readstat_names(file)[NAME], "name");
    return file;
}

static struct rs_dataset *load(struct rs_readstat *file, const size_t *columns,
                               size_t n)
{
    struct rs_dataset *data = NULL;
    struct rs_error err = {0};

    ck_assert_msg(rs_readstat_load(&data, file, columns, n, &err) == RS_OK,
                  "%s", err.text);
    ck_assert_uint_eq(data->n_rows, ROWS);
    return data;
}

static const size_t all[] = {SEX, AGE, X, NAME};

START_TEST(test_numbers)
{
    static const size_t wanted[] = {X, AGE};
    struct rs_readstat *file = open_file(false);
    struct rs_dataset *data = load(file, wanted, 2);
    const struct rs_column *column = &data->columns[1];

    ck_assert_uint_eq(data->columns[0].file_ix, X);
    ck_assert_ptr_null(data->columns[0].label);
    for (int i = 0; i < ROWS; i++)
        ck_assert_double_eq(data->columns[0].values[i], x[i]);
    ck_assert_int_eq(column->type, RS_TYPE_NUMERIC); /* 999 and -9 alone */
    ck_assert_uint_eq(column->labelled.n, 2);
    ck_assert(!column->labelled.all);
    ck_assert_double_eq(column->labelled.value, 999.0);
    ck_assert_str_eq(column->labelled.label, "refused");
    rs_dataset_free(data);
    rs_readstat_close(file);
}
END_TEST

START_TEST(test_labels)
{
    static const size_t asked[] = {SEX, NAME, AGE};
    const struct rs_factors_ask ask = {.columns = asked, .n = 3};
    struct rs_readstat *file = open_file(false);
    struct rs_dataset *data = load(file, all, N_COLUMNS);
    const struct rs_column *column = &data->columns[SEX];
    struct rs_error err = {0};

    ck_assert_str_eq(column->label, "Sex at birth");
    ck_assert_int_eq(column->type, RS_TYPE_TEXT);
    ck_assert(column->wordy && column->labelled.all);
    ck_assert_uint_eq(column->n_missing, 1);
    ck_assert_str_eq(column->fault.text, "Female");
    ck_assert_int_eq(data->columns[NAME].type, RS_TYPE_TEXT);
    ck_assert_uint_eq(data->columns[NAME].n_missing, 2); /* "" and NA */
    ck_assert_msg(rs_readstat_load_factors(file, data, &ask, &err) == RS_OK,
                  "%s", err.text);
    ck_assert_uint_eq(column->factor->n_levels, 2);
    ck_assert_str_eq(column->factor->levels[0], "Male"); /* which is 1 */
    ck_assert_int_eq(column->factor->codes[0], 1);
    ck_assert_int_eq(column->factor->codes[1], 0);
    ck_assert_int_eq(column->factor->codes[5], -1);
    ck_assert_str_eq(data->columns[NAME].factor->levels[1], "b");
    ck_assert_int_eq(data->columns[NAME].factor->codes[3], -1);
    ck_assert_str_eq(data->columns[AGE].factor->levels[0], "-9");
    ck_assert_str_eq(data->columns[AGE].factor->levels[5], "999");
    rs_dataset_free(data);
    rs_readstat_close(file);
}
END_TEST

/* Of more levels than there may be, there is no factor. */
START_TEST(test_most)
{
    static const size_t asked[] = {SEX, NAME, X};
    const struct rs_factors_ask ask = {.columns = asked, .n = 3, .most = 2};
    struct rs_readstat *file = open_file(false);
    struct rs_dataset *data = load(file, all, N_COLUMNS);

    ck_assert_int_eq(rs_readstat_load_factors(file, data, &ask, NULL), RS_OK);
    ck_assert_ptr_nonnull(data->columns[SEX].factor);
    ck_assert_ptr_null(data->columns[NAME].factor);
    ck_assert_ptr_null(data->columns[X].factor);
    rs_dataset_free(data);
    rs_readstat_close(file);
}
END_TEST

START_TEST(test_no_labels)
{
    struct rs_readstat *file = open_file(true);
    struct rs_dataset *data = load(file, all, N_COLUMNS);
    const struct rs_column *column = &data->columns[SEX];

    ck_assert_int_eq(column->type, RS_TYPE_NUMERIC);
    ck_assert_uint_eq(column->labelled.n, 0);
    ck_assert_double_eq(column->values[0], 2.0);
    ck_assert(isnan(column->values[5]));
    rs_dataset_free(data);
    rs_readstat_close(file);
}
END_TEST

/* What means missing, of one column; rules that read texts are refused. */
START_TEST(test_rules)
{
    static const char *const codes[] = {"999", "-9.0"};
    static const struct rs_cell_rule rules[] = {
        {.na = na, .n_na = 2}, {.na = codes, .n_na = 2}, {.truth = true}};
    size_t of[N_COLUMNS] = {0, 1, 0, 0};
    const struct rs_column_rules list = {rules, 3, of};
    struct rs_readstat *file = open_file(false);
    struct rs_dataset *data = NULL;
    struct rs_error err = {0};

    ck_assert_int_eq(rs_readstat_set_rules(file, &list, NULL), RS_OK);
    data = load(file, all, N_COLUMNS);
    ck_assert_uint_eq(data->columns[AGE].n_missing, 2);
    ck_assert_uint_eq(data->columns[AGE].labelled.n, 0);
    ck_assert_uint_eq(data->columns[X].n_missing, 0);
    of[NAME] = 2;
    ck_assert_int_eq(rs_readstat_set_rules(file, &list, &err), RS_ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "'name'"));
    rs_dataset_free(data);
    rs_readstat_close(file);
}
END_TEST

/* A file that is cut anywhere is refused, when it is opened or loaded, but
 * where one or both sets of labels are gone as a whole. */
START_TEST(test_every_cut)
{
    const struct rs_readstat_options options = {0};
    struct rs_bytes whole = make_file(0);
    size_t n = whole.size;

    rs_bytes_close(&whole);
    for (size_t less = 1; less < n; less++) {
        struct rs_bytes bytes = make_file(less);
        struct rs_readstat *file = NULL;
        struct rs_dataset *data = NULL;
        struct rs_error err = {0};
        enum rs_status status = RS_OK;
        bool whole_sets = less == 80 || less == 80 + 76;
        bytes.path = rs_text_copy("f.dta", 5, NULL);
        status = rs_readstat_open(&file, &bytes, &options, &err);
        if (status == RS_OK)
            status = rs_readstat_load(&data, file, all, N_COLUMNS, &err);
        ck_assert_msg((status == RS_OK) == whole_sets, "%zu bytes less: %s",
                      less, err.text);
        rs_dataset_free(data);
        rs_readstat_close(file);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_numbers, 1},   {&test_labels, 1}, {&test_most, 1},
    {&test_no_labels, 1}, {&test_rules, 1},  {&test_every_cut, 1},
};
SUITE(readstat, tests)
