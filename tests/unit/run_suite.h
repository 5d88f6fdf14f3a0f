/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_SUITE_H
#define RS_RUN_SUITE_H

#include <check.h>

/* The tests of all modules are one program; each test_NAME.c of them ends with
 *
 *     static const struct suite_test tests[] = {
 *         {&test_known, 1},
 *         {&test_random, 16},
 *     };
 *     SUITE(NAME, tests)
 */

/* A test by the name that START_TEST gave it, done with each _i of [0, n). */
struct suite_test {
    const TTest **test;
    int n;
};

struct suite {
    const char *name;
    const struct suite_test *tests;
    size_t n_tests;
    void (*setup)(void);    /* around every test, in its process; NULL: none */
    void (*teardown)(void); /* likewise */
    struct suite *next;
};

/* Lets a suite join the program; before main. */
void suite_join(struct suite *suite);

/* Setup and teardown may follow: SUITE(npy, tests, .setup = begin). */
#define SUITE(suite_name, suite_tests, ...)                                    \
    __attribute__((constructor)) static void suite_name##_joins(void)          \
    {                                                                          \
        static struct suite suite = {.name = #suite_name,                      \
                                     .tests = (suite_tests),                   \
                                     .n_tests = sizeof(suite_tests) /          \
                                                sizeof(suite_tests)[0],        \
                                     __VA_ARGS__};                             \
        suite_join(&suite);                                                    \
    }

#endif
