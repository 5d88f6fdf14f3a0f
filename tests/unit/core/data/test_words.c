/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_suite.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

static void add(struct rs_words **words, const char *text)
{
    rs_words_add(words, text, strlen(text));
}

/* Each once, until there are more, or a long one. */
START_TEST(test_few)
{
    struct rs_words *words = NULL;

    add(&words, "x");
    add(&words, "");
    add(&words, "x");
    add(&words, "xx");
    add(&words, "x");
    ck_assert_uint_eq(words->n, 3);
    ck_assert_str_eq(words->texts[0], "x");
    ck_assert_str_eq(words->texts[1], "");
    ck_assert_str_eq(words->texts[2], "xx");
    ck_assert(rs_words_have(words, 3, "xx", 2));
    ck_assert(!rs_words_have(words, 2, "xx", 2));
    ck_assert(!rs_words_have(words, 3, "xxx", 3));
    add(&words, "y");
    ck_assert_uint_eq(words->n, RS_WORDS_MOST + 1);
    add(&words, "x");
    ck_assert_uint_eq(words->n, RS_WORDS_MOST + 1);
    free(words);
}
END_TEST

START_TEST(test_long)
{
    struct rs_words *words = NULL;
    char text[RS_WORDS_BYTES + 1];

    memset(text, 'a', RS_WORDS_BYTES);
    text[RS_WORDS_BYTES] = '\0';
    rs_words_add(&words, text, RS_WORDS_BYTES - 1);
    ck_assert_uint_eq(words->n, 1);
    ck_assert_uint_eq(strlen(words->texts[0]), RS_WORDS_BYTES - 1);
    rs_words_add(&words, text, RS_WORDS_BYTES);
    ck_assert_uint_eq(words->n, RS_WORDS_MOST + 1);
    free(words);
}
END_TEST

static const struct suite_test tests[] = {{&test_few, 1}, {&test_long, 1}};
SUITE(words, tests)
