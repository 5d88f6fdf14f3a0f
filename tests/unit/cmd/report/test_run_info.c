/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hash.h"
#include "passwords.h"
#include "run_info.h"
#include "run_suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_hidden(const char *word, const char *want)
{
    char *text = strdup(word);

    ck_assert_ptr_nonnull(text);
    rs_hide_passwords(text);
    ck_assert_str_eq(text, want);
    free(text);
}

START_TEST(test_passwords)
{
    check_hidden("postgresql://u:secret@h/db", "postgresql://u:*@h/db");
    check_hidden("-opostgres://u:a:b@c@h/db", "-opostgres://u:*@h/db");
    check_hidden("postgresql://u:a/b@h", "postgresql://u:*@h");
    check_hidden("postgresql://h:5432/db", "postgresql://h:5432/db");
    check_hidden("postgresql://u:secret/db", "postgresql://u:*/db");
    check_hidden("postgresql://u:5secret", "postgresql://u:*");
    check_hidden("postgresql://u@h:5432/db", "postgresql://u@h:5432/db");
    check_hidden("postgresql:///db?host=h&password=x&user=u",
                 "postgresql:///db?host=h&password=*&user=u");
    check_hidden("postgresql:///db?PassWord=x#y z&user=u",
                 "postgresql:///db?PassWord=*&user=u");
    check_hidden("postgresql:///db?sslpassword=x",
                 "postgresql:///db?sslpassword=*");
    check_hidden("postgresql:///db?pass%77ord=x&user=u",
                 "postgresql:///db?pass%77ord=*&user=u");
    check_hidden("postgresql://u:x@h/db?password=y",
                 "postgresql://u:*@h/db?password=*");
    check_hidden("postgresql:host=h password=x user=u",
                 "postgresql:host=h password=* user=u");
    check_hidden("password = 'a \\' b' user=u", "password = * user=u");
    check_hidden("password=a\\ b user=u", "password=* user=u");
    check_hidden("password=a://b&c user=u", "password=* user=u");
    check_hidden("password=", "password=");
    check_hidden("password", "password");
    check_hidden("plain", "plain");
    check_hidden("", "");
}
END_TEST

START_TEST(test_command)
{
    static const char *const words[] = {"regsweep", "run", "it's", "",
                                        "a b",      "y*",  "$x\n", "-j2"};
    struct rs_error err;
    char *text = rs_command_text(words, sizeof words / sizeof words[0], &err);

    ck_assert_str_eq(text, "regsweep run 'it'\\''s' '' 'a b' 'y*' '$x\n' -j2");
    free(text);
}
END_TEST

/* The hash of a file and of the same bytes in memory; the value of nothing is
 * the one that the algorithm's description gives. */
START_TEST(test_hashes)
{
    static char bytes[1 << 20];
    struct rs_error err;
    struct rs_hashes *hashes = rs_hashes_new(3, &err);
    FILE *file = tmpfile();
    char *text = NULL;

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * i % 251);
    ck_assert(hashes != NULL && file != NULL);
    ck_assert_uint_eq(fwrite(bytes, 1, sizeof bytes, file), sizeof bytes);
    ck_assert_int_eq(fflush(file), 0);
    rs_hashes_add_file(hashes, fileno(file), sizeof bytes);
    (void)fclose(file);
    rs_hashes_add_bytes(hashes, bytes, sizeof bytes);
    rs_hashes_add_bytes(hashes, bytes, 0);
    ck_assert_int_eq(rs_hashes_text(&text, hashes, &err), RS_OK);
    ck_assert_uint_eq(strlen(text), 9 + 3 * 33 - 1);
    ck_assert(memcmp(text, "xxh3-128:", 9) == 0);
    ck_assert(memcmp(text + 9, text + 42, 32) == 0);
    ck_assert_str_eq(text + 75, "99aa06d3014798d86001c324468d497f");
    free(text);
    rs_hashes_free(hashes);
}
END_TEST

/* A file that is shorter than it was has no hash, and neither has the run. */
START_TEST(test_unknown_hash)
{
    struct rs_error err;
    struct rs_hashes *hashes = rs_hashes_new(1, &err);
    FILE *file = tmpfile();
    char *text = NULL;

    ck_assert(hashes != NULL && file != NULL);
    rs_hashes_add_file(hashes, fileno(file), 10);
    (void)fclose(file);
    ck_assert_int_eq(rs_hashes_text(&text, hashes, &err), RS_OK);
    ck_assert_ptr_null(text);
    rs_hashes_free(hashes);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_passwords, 1},
    {&test_command, 1},
    {&test_hashes, 1},
    {&test_unknown_hash, 1},
};
SUITE(run_info, tests)
