/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "option_words.h"
#include "run_suite.h"
#include "settings.h"
#include "value_ask.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct rs_setting *setting_of(const char *name, size_t len)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (strlen(rs_setting_table[i].name) == len &&
            memcmp(rs_setting_table[i].name, name, len) == 0)
            return &rs_setting_table[i];
    return NULL;
}

static bool is_letter(char letter)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (rs_setting_table[i].letter == letter)
            return true;
    return false;
}

/* A word is no option of ours, and this row is the one that has it. */
static void check_word(const struct rs_option_words *row, const char *word)
{
    size_t len = strlen(word);

    ck_assert_msg(setting_of(word, len) == NULL, "--%s is an option", word);
    ck_assert_msg(len > 1 || !is_letter(word[0]), "-%s is an option", word);
    ck_assert_msg(rs_option_words_find(word) == row, "'%s' is there twice",
                  word);
}

START_TEST(words_are_of_others)
{
    for (size_t i = 0; i < rs_n_option_words; i++) {
        const struct rs_option_words *row = &rs_option_words[i];
        for (const char *at = row->words; *at != '\0';) {
            char word[64];
            size_t len = strcspn(at, "|");
            ck_assert_uint_gt(len, 0);
            (void)snprintf(word, sizeof word, "%.*s", (int)len, at);
            check_word(row, word);
            at += len + (at[len] == '|' ? 1 : 0);
        }
    }
}
END_TEST

START_TEST(words_lead_to_options)
{
    for (size_t i = 0; i < rs_n_option_words; i++) {
        const struct rs_option_words *row = &rs_option_words[i];
        ck_assert((row->setting == NULL) != (row->text == NULL));
        if (row->setting != NULL)
            ck_assert_msg(setting_of(row->setting, strlen(row->setting)) !=
                              NULL,
                          "there is no --%s", row->setting);
    }
}
END_TEST

/* The options that a text says to type, long and short. plink2 and the like
 * have theirs. */
static void check_text(const char *text)
{
    for (const char *at = text; (at = strstr(at, "--")) != NULL;) {
        size_t len = strspn(at + 2, "abcdefghijklmnopqrstuvwxyz0123456789-");
        ck_assert_msg(setting_of(at + 2, len) != NULL, "no option: %s", at);
        at += 2 + len;
    }
    for (const char *at = text; (at = strstr(at, " -")) != NULL; at += 2)
        ck_assert_msg(at[2] == '-' || at[2] == ' ' || is_letter(at[2]),
                      "no letter: %s", at);
}

START_TEST(texts_name_options_that_exist)
{
    for (size_t i = 0; i < rs_n_option_words; i++) {
        const char *text = rs_option_words[i].text;
        if (text != NULL && strstr(text, "plink2") == NULL &&
            strstr(text, "iconv") == NULL && strstr(text, "head -n") == NULL)
            check_text(text);
    }
}
END_TEST

static void check_says(const char *word, char letter, unsigned command,
                       const char *text)
{
    struct rs_error err = {0};

    ck_assert_int_eq(rs_option_unknown(word, letter, command, &err),
                     RS_ERR_USAGE);
    ck_assert_str_eq(err.text, text);
}

START_TEST(refusals_lead_on)
{
    check_says("--threads=4", '\0', RS_CMD_RUN,
               "unknown option '--threads'; did you mean '--jobs' (-j)?");
    check_says("--N_Jobs", '\0', RS_CMD_RUN,
               "unknown option '--N_Jobs'; did you mean '--jobs' (-j)?");
    check_says("-t", 't', RS_CMD_RUN,
               "unknown option '-t'; did you mean '--jobs' (-j)?");
    check_says("-qX", 'X', RS_CMD_RUN,
               "unknown option '-X'; did you mean '-x'?");
    check_says("--covar", '\0', RS_CMD_DESCRIBE,
               "unknown option '--covar': several FILEs are joined by --key "
               "COL, and -c COLS names the covariates");
    check_says("--seed", '\0', RS_CMD_BENCH,
               "'--seed' is an option of 'regsweep run'");
    check_says("--size", '\0', RS_CMD_RUN,
               "'--size' is an option of 'regsweep bench'");
    check_says("--ci", '\0', RS_CMD_RUN,
               "unknown option '--ci': --columns +ci adds ci_low and ci_high");
    check_says("--dependant", '\0', RS_CMD_RUN,
               "unknown option '--dependant'; did you mean '--dependent'?");
    check_says("--xyzzy", '\0', RS_CMD_RUN, "unknown option '--xyzzy'");
    check_says("-%", '%', RS_CMD_RUN, "unknown option '-%'");
}
END_TEST

static const struct suite_test tests[] = {
    {&words_are_of_others, 1},
    {&words_lead_to_options, 1},
    {&texts_name_options_that_exist, 1},
    {&refusals_lead_on, 1},
};
SUITE(option_words, tests)
