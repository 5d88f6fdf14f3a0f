/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * usage: unit [SUITE...]     all, or those named
 *        unit --list         their names
 *
 * Check prints its summary; CK_FORK=no and its other variables work. Exit
 * status 0: all passed, 1: not all, 2: there is no such suite.
 */
#include "run_suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A test that hangs ends; one on a busy machine, or slowed down by a
 * sanitizer, does not hang. */
static const double most_seconds = 300.0;

static struct suite *suites; /* by name */

void suite_join(struct suite *suite)
{
    struct suite **at = &suites;

    while (*at != NULL && strcmp((*at)->name, suite->name) < 0)
        at = &(*at)->next;
    suite->next = *at;
    *at = suite;
}

static Suite *as_check_has_it(const struct suite *suite)
{
    Suite *made = suite_create(suite->name);
    TCase *tests = tcase_create(suite->name);

    tcase_set_timeout(tests, most_seconds);
    if (suite->setup != NULL || suite->teardown != NULL)
        tcase_add_checked_fixture(tests, suite->setup, suite->teardown);
    for (size_t i = 0; i < suite->n_tests; i++)
        tcase_add_loop_test(tests, *suite->tests[i].test, 0, suite->tests[i].n);
    suite_add_tcase(made, tests);
    return made;
}

static int add_named(SRunner *runner, const char *name)
{
    for (const struct suite *s = suites; s != NULL; s = s->next)
        if (strcmp(s->name, name) == 0) {
            srunner_add_suite(runner, as_check_has_it(s));
            return 0;
        }
    (void)fprintf(stderr, "unit: there is no suite '%s'\n", name);
    return 2;
}

int main(int argc, char **argv)
{
    SRunner *runner = NULL;
    int status = 0;

    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (const struct suite *s = suites; s != NULL; s = s->next)
            (void)puts(s->name);
        return 0;
    }
    runner = srunner_create(NULL);
    for (int i = 1; i < argc && status == 0; i++)
        status = add_named(runner, argv[i]);
    for (const struct suite *s = suites; s != NULL && argc == 1; s = s->next)
        srunner_add_suite(runner, as_check_has_it(s));
    if (status == 0) {
        srunner_run_all(runner, CK_NORMAL);
        status = srunner_ntests_failed(runner) == 0 ? 0 : 1;
    }
    srunner_free(runner);
    return status;
}
