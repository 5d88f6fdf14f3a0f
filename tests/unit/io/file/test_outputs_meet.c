/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* mkdtemp */
#include "outputs_meet.h"
#include "run_suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

START_TEST(test_names_of_nothing)
{
    ck_assert(rs_outputs_meet("/usr/none", "/usr/none"));
    ck_assert(rs_outputs_meet("/usr/none", "/usr/./none"));
    ck_assert(rs_outputs_meet("/usr/none", "/usr/none.partial"));
    ck_assert(rs_outputs_meet("/usr/none.partial", "/usr/../usr/none"));
    ck_assert(!rs_outputs_meet("/usr/none", "/usr/nonesuch"));
    ck_assert(!rs_outputs_meet("/usr/none", "/none"));
    ck_assert(!rs_outputs_meet("/usr/none", "/no-folder/none"));
    ck_assert(!rs_outputs_meet("/usr/none", "postgresql://host/none"));
    ck_assert(!rs_outputs_meet("/usr/none", NULL));
}
END_TEST

START_TEST(test_files_of_two_names)
{
    char folder[] = "/tmp/regsweep-test-XXXXXX";
    char file[64];
    char link_to[64];
    int fd = -1;
    bool by_link = false;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(file, sizeof file, "%s/a", folder);
    (void)snprintf(link_to, sizeof link_to, "%s/b", folder);
    fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(close(fd), 0);
    ck_assert_int_eq(symlink(file, link_to), 0);
    by_link = rs_outputs_meet(file, link_to);
    ck_assert_int_eq(unlink(link_to), 0);
    ck_assert_int_eq(unlink(file), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    ck_assert(by_link);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_names_of_nothing, 1},
    {&test_files_of_two_names, 1},
};
SUITE(outputs_meet, tests)
