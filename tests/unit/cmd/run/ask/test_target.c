/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "target.h"

#include <stdio.h>
#include <string.h>

/* --format by its place among the choices: auto, csv, tsv, excel, ... */
enum { AUTO, CSV, TSV, EXCEL, JSONL, SQLITE, NPY };

static const struct {
    const char *output;
    int format;
    const char *kind; /* NULL: an error */
    const char *path;
    const struct rs_packing *packing;
} found[] = {
    {NULL, AUTO, "csv", NULL, NULL},
    {NULL, TSV, "tsv", NULL, NULL},
    {"-", JSONL, "jsonl", "-", NULL},
    {"a", AUTO, "csv", "a", NULL},
    {"a.db", AUTO, "sqlite", "a.db", NULL},
    {"a.db", CSV, "csv", "a.db", NULL},
    {"a.csv", SQLITE, "sqlite", "a.csv", NULL},
    {"a.jsonl.gz", AUTO, "jsonl", "a.jsonl.gz", &rs_packing_gzip},
    {"a.zst", AUTO, "csv", "a.zst", &rs_packing_zstd},
    {"sqlite:a.csv", AUTO, "sqlite", "a.csv", NULL},
    {"sqlite:a.csv", TSV, "tsv", "sqlite:a.csv", NULL},
    {"sqlite://a", AUTO, "sqlite", "//a", NULL},
    {"postgresql://lab/a.npy", AUTO, "postgresql", "postgresql://lab/a.npy",
     NULL},
    {"postgresql://me:1@lab/a", AUTO, "postgresql", "postgresql://me:1@lab/a",
     NULL},
    {"a.DB", AUTO, "sqlite", "a.DB", NULL},
    {"a.tsv.GZ", AUTO, "tsv", "a.tsv.GZ", &rs_packing_gzip},
    {"a.xlsx", CSV, "csv", "a.xlsx", NULL},
    {"a.csv", EXCEL, "excel", "a.csv", NULL},
    {"a.gz", EXCEL, "excel", "a.gz", &rs_packing_gzip},
    {"-", EXCEL, "excel", "-", NULL},
    {"a.xlsx.csv", AUTO, "csv", "a.xlsx.csv", NULL},
    {".xlsx", AUTO, "csv", ".xlsx", NULL},
    {"sqlite:a.xlsx", AUTO, "sqlite", "a.xlsx", NULL},
    {"", AUTO, NULL, NULL, NULL},
    {NULL, SQLITE, NULL, NULL, NULL},
    {"-", NPY, NULL, NULL, NULL},
    {"a.db.gz", AUTO, NULL, NULL, NULL},
    {"a.npy.zst", AUTO, NULL, NULL, NULL},
    {"mysql://lab/a", AUTO, NULL, NULL, NULL},
    {"mysql://lab/a", CSV, NULL, NULL, NULL},
    {"postgresql://lab/a", CSV, NULL, NULL, NULL},
    {"postgresql://me:secret/a", AUTO, NULL, NULL, NULL},
};

START_TEST(test_found)
{
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        const struct rs_settings settings = {.writing.output = found[i].output,
                                             .writing.format = found[i].format};
        struct rs_target target;
        struct rs_error err = {0};
        enum rs_status status =
            rs_target_find(&target, &settings.writing, &err);
        if (status == RS_OK)
            status = rs_target_check_place(&target, &err);
        if (found[i].kind == NULL) {
            ck_assert_msg(status == RS_ERR_USAGE, "%zu", i);
            ck_assert_ptr_null(strstr(err.text, "secret"));
            continue;
        }
        ck_assert_msg(status == RS_OK, "%zu: %s", i, err.text);
        ck_assert_str_eq(target.kind->name, found[i].kind);
        ck_assert_pstr_eq(target.path, found[i].path);
        ck_assert_ptr_eq(target.packing, found[i].packing);
    }
}
END_TEST

/* What to type in place of a name is of a kind that there is. */
static const struct {
    const char *output, *near;
} others[] = {
    {"out.xlsx", "out.csv"},         {"d/out.PARQUET", "d/out.csv.zst"},
    {"out.json.gz", "out.jsonl.gz"}, {"out.csv.bz2", "out.csv.zst"},
    {"out.zip", "out.csv.zst"},      {"out.mat.gz", "out.npy"},
    {"out.tab.zst", "out.tsv.zst"},
};

START_TEST(test_others)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct rs_settings settings = {.writing.output = others[i].output};
        struct rs_target target;
        struct rs_error err = {0};
        char typed[64];
        ck_assert_int_eq(rs_target_find(&target, &settings.writing, &err),
                         RS_ERR_USAGE);
        rs_error_unmark(&err);
        (void)snprintf(typed, sizeof typed, "; o %s ", others[i].near);
        ck_assert_msg(strstr(err.text, typed) != NULL, "%s", err.text);
        settings.writing.output = others[i].near;
        ck_assert_int_eq(rs_target_find(&target, &settings.writing, &err),
                         RS_OK);
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_others, 1},
    {&test_found, 1},
};
SUITE(target, tests)
