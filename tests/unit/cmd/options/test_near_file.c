/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near_file.h"
#include "run_suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/near_file_XXXXXX";
static const char *const files[] = {"survey.csv", "absent.tsv", "Genes.txt.gz"};
enum { N_FILES = sizeof files / sizeof files[0] };

static void path_of(char out[256], const char *name)
{
    (void)snprintf(out, 256, "%s/%s", folder, name);
}

static void begin(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (size_t i = 0; i < N_FILES; i++) {
        char path[256];
        path_of(path, files[i]);
        (void)close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    }
}

static void end(void)
{
    for (size_t i = 0; i < N_FILES; i++) {
        char path[256];
        path_of(path, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void check(const char *name, const char *expected)
{
    char path[256];
    char wanted[256] = "";
    char near[256];

    path_of(path, name);
    if (expected != NULL)
        path_of(wanted, expected);
    rs_near_file(near, sizeof near, path);
    ck_assert_str_eq(near, wanted);
}

START_TEST(test_near)
{
    check("survy.csv", "survey.csv");
    check("SURVEY.csv", "survey.csv");
    check("survey", "survey.csv");
    check("survey.tsv", "survey.csv");
    check("genes.txt.gz", "Genes.txt.gz");
    check("text.csv", NULL); /* endings are alike, names are not */
    check("other.csv", NULL);
}
END_TEST

START_TEST(test_no_folder)
{
    char near[64];

    rs_near_file(near, sizeof near, "/nowhere/at/all.csv");
    ck_assert_str_eq(near, "");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_near, 1},
    {&test_no_folder, 1},
};
SUITE(near_file, tests, .setup = begin, .teardown = end)
