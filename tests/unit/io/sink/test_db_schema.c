/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db_schema.h"
#include "run_suite.h"

#include <stdlib.h>
#include <string.h>

static const char *const types[RS_DB_N_TYPES] = {"T", "I", "R", "TIME", "B"};

static const enum rs_field fields[] = {RS_FIELD_Y, RS_FIELD_N, RS_FIELD_P,
                                       RS_FIELD_STATUS};
static const char *const names[] = {"y", "n", "p", "status"};
static const enum rs_field terms[] = {RS_FIELD_TERM, RS_FIELD_BETA};
static const char *const terms_names[] = {"term", "estimate"};

static struct rs_rows_shape shape_of(unsigned rows)
{
    return (struct rs_rows_shape){.which = rows,
                                  .pairs = {fields, names, 4},
                                  .terms = {terms, terms_names, 2}};
}

static void check_sql(const struct rs_db_table *table, const char *want)
{
    struct rs_error err;
    char *sql = rs_db_create_sql(table, types, "KEY", &err);

    ck_assert_str_eq(sql, want);
    free(sql);
}

START_TEST(test_tables)
{
    const struct rs_rows_shape rows = shape_of(RS_ROWS_PAIRS | RS_ROWS_TERMS);
    struct rs_db_schema schema;
    struct rs_error err;

    ck_assert_int_eq(rs_db_schema_init(&schema, &rows, NULL, &err), RS_OK);
    check_sql(&schema.fits,
              "CREATE TABLE \"fits\" (\"run_id\" I NOT NULL, \"y\" T NOT NULL, "
              "\"n\" I, \"p\" R, \"status\" T NOT NULL)");
    check_sql(&schema.terms, "CREATE TABLE \"terms\" (\"run_id\" I NOT NULL, "
                             "\"term\" T, \"estimate\" R)");
    check_sql(
        &schema.runs,
        "CREATE TABLE \"runs\" (\"run_id\" KEY, \"command\" T NOT NULL, "
        "\"program\" T NOT NULL, \"libraries\" T NOT NULL, \"input\" T NOT "
        "NULL, \"input_hash\" T, \"notes\" T, \"note\" T, \"pairs\" I NOT "
        "NULL, \"tiles\" "
        "I NOT NULL, "
        "\"tiles_done\" I NOT NULL, \"rows_written\" I NOT NULL, \"ok\" I NOT "
        "NULL, \"n_too_small\" I NOT NULL, \"constant_x\" I NOT NULL, "
        "\"constant_y\" I NOT NULL, \"collinear\" I NOT NULL, \"y_explained\" "
        "I NOT NULL, \"perfect_fit\" I NOT NULL, \"non_finite\" I NOT NULL, "
        "\"leverage_one\" I NOT NULL, \"one_cluster\" I NOT NULL, "
        "\"no_variance\" I NOT NULL, \"lonely_psu\" I NOT NULL, "
        "\"no_reference\" I NOT NULL, \"no_convergence\" I NOT NULL, "
        "\"separation\" I NOT NULL, \"worker_lost\" I NOT NULL, \"started\" "
        "TIME NOT NULL, \"ended\" TIME, \"complete\" B NOT NULL)");
    rs_db_schema_clear(&schema);
}
END_TEST

START_TEST(test_names)
{
    struct rs_rows_shape rows = shape_of(RS_ROWS_TERMS);
    struct rs_db_schema schema;
    struct rs_error err;

    ck_assert_int_eq(rs_db_schema_init(&schema, &rows, "a\"b", &err), RS_OK);
    ck_assert_ptr_null(schema.fits.name);
    ck_assert_str_eq(schema.names[RS_DB_FITS], "a\"b");
    ck_assert_str_eq(schema.terms.name, "a\"b_terms");
    ck_assert_str_eq(schema.runs.name, "a\"b_runs");
    check_sql(&schema.terms, "CREATE TABLE \"a\"\"b_terms\" (\"run_id\" I NOT "
                             "NULL, \"term\" T, \"estimate\" R)");
    rs_db_schema_clear(&schema);

    rows = shape_of(RS_ROWS_PAIRS);
    /* asked for: as any name */
    ck_assert_int_eq(rs_db_schema_init(&schema, &rows, "fits", &err), RS_OK);
    ck_assert_str_eq(schema.runs.name, "fits_runs");
    ck_assert_ptr_null(schema.terms.name);
    rs_db_schema_clear(&schema);
}
END_TEST

START_TEST(test_refused)
{
    static const char *const twice[] = {"y", "n", "Run_ID", "status"};
    struct rs_rows_shape rows = shape_of(RS_ROWS_PAIRS);
    struct rs_db_schema schema;
    struct rs_error err;

    ck_assert_int_eq(rs_db_schema_init(&schema, &rows, "", &err), RS_ERR_USAGE);
    rows.pairs.names = twice;
    ck_assert_int_eq(rs_db_schema_init(&schema, &rows, NULL, &err),
                     RS_ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "'Run_ID'"));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_tables, 1},
    {&test_names, 1},
    {&test_refused, 1},
};
SUITE(db_schema, tests)
