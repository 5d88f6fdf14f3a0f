/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models.h"
#include "run_suite.h"
#include "transform.h"
#include "value_ask.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct rs_setting *setting_of(const char *name)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (strcmp(rs_setting_table[i].name, name) == 0)
            return &rs_setting_table[i];
    ck_abort_msg("no setting '%s'", name);
    return NULL;
}

/* The tables of models and transforms are others in these tests
 * (test_model.c, test_transform.c). */
static bool is_model(const char *name)
{
    return strcmp(name, rs_model_ols.name) == 0 ||
           strcmp(name, rs_model_spearman.name) == 0 ||
           strcmp(name, rs_model_kendall.name) == 0;
}

static bool is_transform(const char *name)
{
    static const struct rs_transform *const all[] = {
        &rs_transform_center, &rs_transform_diff,   &rs_transform_lag,
        &rs_transform_log,    &rs_transform_log10,  &rs_transform_log1p,
        &rs_transform_log2,   &rs_transform_rank,   &rs_transform_rank_normal,
        &rs_transform_sqrt,   &rs_transform_winsor, &rs_transform_zscore};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i]->name, name) == 0)
            return true;
    return false;
}

static bool has_value(const char *setting, const char *value)
{
    struct rs_value_names values;

    if (strcmp(setting, "model") == 0)
        return is_model(value);
    if (strcmp(setting, "transform") == 0)
        return is_transform(value);
    rs_value_names_of(&values, setting_of(setting));
    for (size_t i = 0; i < values.n; i++)
        if (strcmp(values.names[i], value) == 0)
            return true;
    return false;
}

START_TEST(values_are_listed)
{
    struct rs_value_names values;

    rs_value_names_of(&values, setting_of("progress"));
    ck_assert_str_eq(values.text, "auto, always, never");
    ck_assert_uint_eq(values.n, 3);
    rs_value_names_of(&values, setting_of("adjust"));
    ck_assert_str_eq(values.text, "bonferroni, holm, hochberg, bh, by, storey");
    rs_value_names_of(&values, setting_of("seed"));
    ck_assert_uint_eq(values.n, 0);
    ck_assert(has_value("columns", "ci"));
    ck_assert(has_value("columns", "status"));
    ck_assert(has_value("family", "set"));
    ck_assert(has_value("se", "hc4"));
    ck_assert(has_value("transform", "rank-normal"));
}
END_TEST

/* Every word is refused with what the table says of it: it is no value
 * itself, and what it stands for is one. */
static void check_words(const struct rs_value_words *words)
{
    const struct rs_setting *setting = setting_of(words->setting);
    char word[64];

    ck_assert_msg(words->value == NULL ||
                      has_value(words->setting, words->value),
                  "%s: no value %s", words->setting, words->value);
    for (const char *at = words->words; *at != '\0';) {
        struct rs_error err = {0};
        char meant[96];
        size_t len = strcspn(at, "|");
        (void)snprintf(word, sizeof word, "%.*s", (int)len, at);
        at += len + (at[len] == '|' ? 1 : 0);
        ck_assert_msg(!has_value(words->setting, word), "%s %s is a value",
                      words->setting, word);
        ck_assert_int_eq(rs_value_refuse(setting, word, &err), RS_ERR_USAGE);
        (void)snprintf(meant, sizeof meant, "; did you mean '%s'?",
                       words->value == NULL ? "" : words->value);
        ck_assert_msg(words->value == NULL || strstr(err.text, meant) != NULL,
                      "%s", err.text);
        ck_assert_msg(words->value != NULL ||
                          strstr(err.text, "did you") == NULL,
                      "%s", err.text);
    }
}

START_TEST(words_of_others_lead_to_values)
{
    for (size_t i = 0; i < rs_n_value_words; i++)
        check_words(&rs_value_words[i]);
}
END_TEST

/* A format of two texts, and no more. */
static void check_format(const char *format)
{
    size_t n = 0;

    for (const char *at = format; (at = strchr(at, '%')) != NULL; at += 2) {
        ck_assert_msg(at[1] == 's' || at[1] == '%', "%s", at);
        n += at[1] == 's' ? 1 : 0;
    }
    ck_assert_uint_eq(n, 2);
}

/* Settings that a text names are there: {se} is marked in the message. */
START_TEST(texts_name_settings_that_exist)
{
    for (size_t i = 0; i < rs_n_value_words; i++) {
        const char *at = rs_value_words[i].text;
        if (at != NULL)
            check_format(at);
        while (at != NULL && (at = strchr(at, '{')) != NULL) {
            char name[64];
            (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 1, "}"),
                           at + 1);
            (void)setting_of(name);
            at++;
        }
    }
}
END_TEST

static void check_says(const char *setting, const char *word, const char *text)
{
    struct rs_error err = {0};

    ck_assert_int_eq(rs_value_refuse_named(setting, word, &err), RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, text);
}

START_TEST(refusals_lead_on)
{
    check_says("progress", "nevr",
               "progress: 'nevr' is none of auto, always, never; did you mean "
               "'never'?");
    check_says("progress", "some",
               "progress: 'some' is none of auto, always, never");
    check_says("se", "HC-3",
               "se: 'HC-3' is none of classical, hc0, hc1, hc2, hc3, hc4, "
               "cluster, hac; did you mean 'hc3'?");
    check_says("se", "Newey West",
               "se: 'Newey West' is none of classical, hc0, hc1, hc2, hc3, "
               "hc4, cluster, hac; did you mean 'hac'?");
    check_says("columns", "p.value",
               "columns: there is no 'p.value'; did you mean 'p'?");
    check_says("columns", "xyzzy",
               "columns: there is no 'xyzzy'; 'regsweep help columns' lists "
               "them");
    check_says("se", "robust",
               "se: 'robust' is none of classical, hc0, hc1, hc2, hc3, hc4, "
               "cluster, hac; hc1 is Stata's robust, hc3 that of R's sandwich");
}
END_TEST

START_TEST(lists_have_blanks)
{
    char word[8];
    const char *at = rs_value_next(word, sizeof word, " bh , by");

    ck_assert_str_eq(word, "bh");
    at = rs_value_next(word, sizeof word, at);
    ck_assert_str_eq(word, "by");
    ck_assert_ptr_null(at);
    at = rs_value_next(word, sizeof word, "a,");
    ck_assert_str_eq(at, "");
}
END_TEST

static const struct suite_test tests[] = {
    {&values_are_listed, 1},
    {&words_of_others_lead_to_values, 1},
    {&texts_name_settings_that_exist, 1},
    {&refusals_lead_on, 1},
    {&lists_have_blanks, 1},
};
SUITE(value_ask, tests)
