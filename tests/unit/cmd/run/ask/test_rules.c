/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"
#include "run_suite.h"

#include <string.h>

enum { MOST = 6 };

/* Settings by name and value, and the error; NULL: they go together. */
struct rules_case {
    enum rs_command_bit command;
    const char *files[3];
    const char *settings[MOST][2];
    const char *text;
};

/* As the front end of a library says it: settings by their names. */
static const struct rules_case cases[] = {
    {RS_CMD_RUN, {"t.csv"}, {{"dependent", "y"}}, NULL},
    {RS_CMD_RUN,
     {NULL},
     {{"dependent", "y"}},
     "run needs a FILE (- for standard input)"},
    {RS_CMD_DESCRIBE,
     {NULL},
     {{NULL, NULL}},
     "describe needs a FILE (- for standard input)"},
    {RS_CMD_DESCRIBE, {"a", "b"}, {{"key", "id"}}, NULL},
    {RS_CMD_DESCRIBE, {"a", "b"}, {{"transpose", NULL}}, NULL},
    {RS_CMD_DESCRIBE,
     {"a"},
     {{"key", "id"}},
     "key joins several FILEs, and there is one only"},
    {RS_CMD_RUN,
     {"/dev/null", "/dev/zero"},
     {{"dependent", "y"}},
     NULL}, /* the key is found when they are read */
    {RS_CMD_DESCRIBE,
     {"a"},
     {{"key-as", "number"}},
     "key-as is of several FILEs that are joined, and there is one only"},
    {RS_CMD_DESCRIBE,
     {"/dev/null", "/dev/zero"},
     {{"key-as", "iid"}},
     "key-as iid is of the samples' names in a transposed FILE, and there is "
     "none (transposed FILE names it)"},
    {RS_CMD_DESCRIBE,
     {"/dev/null", "/dev/zero"},
     {{"key-as", "iid"}, {"transposed", "b"}},
     NULL},
    {RS_CMD_DESCRIBE,
     {"a"},
     {{"name-column", "SNP"}},
     "name-column is of a FILE with one variable a line: transpose, or "
     "transposed FILE"},
    {RS_CMD_DESCRIBE,
     {"a"},
     {{"leading", "6"}},
     "leading is of a FILE with one variable a line: transpose, or transposed "
     "FILE"},
    {RS_CMD_DESCRIBE, {"a"}, {{"leading", "6"}, {"transpose", NULL}}, NULL},
    {RS_CMD_DESCRIBE,
     {"a"},
     {{"transpose", NULL}, {"transposed", "a"}},
     "transpose is of all FILEs, transposed of one: give one of them"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"independent", "x"}},
     "run needs dependent (y): which columns shall be explained?"},

    /* the first of the table is told */
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"seed", "1"}, {"family", "y"}},
     "family goes with adjust or permute"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"seed", "1"}, {"family", "y"}, {"q-max", "0.1"}},
     "seed goes with permute or bootstrap"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"seed", "1"}, {"bootstrap", "20"}},
     NULL},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"adjust", "bonf"}, {"seed", "1"}},
     "adjust: 'bonf' is none of bonferroni, holm, hochberg, bh, by, storey; "
     "did you mean 'bonferroni'?"},

    /* kinds of output */
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"output", "a.csv"}, {"append", NULL}},
     "append goes with a database as output"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"table", "t"}},
     "table goes with a database as output"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"output", "a.db"}, {"append", NULL}, {"table", "t"}},
     NULL},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"},
      {"output", "postgresql://lab/a"},
      {"append", NULL},
      {"force", NULL}},
     "append and force exclude each other"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"},
      {"output", "a.db"},
      {"append", NULL},
      {"force", "false"}},
     NULL},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"output", "a.db"}, {"digits", "3"}},
     "digits does not go with a database, which holds the numbers themselves"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"},
      {"output", "a.npy"},
      {"columns", "p"},
      {"digits", "3"}},
     "digits does not go with a matrix (npy)"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"output", "a.npy"}, {"rows", "terms"}},
     "rows: a matrix has one value for each pair"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"rows", "terms"}, {"permute", "9"}},
     "rows terms: permute has columns in the rows of pairs only (rows pairs, "
     "or both)"},

    /* what nobody would see */
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"columns", "y,x,p"}, {"adjust", "holm,by"}},
     "adjust: columns leaves out 'p_by', so that nothing of it would be seen"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"},
      {"columns", "y,x,p"},
      {"adjust", "holm,by"},
      {"summary", NULL}},
     NULL},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"columns", "y,x,p"}, {"permute", "9"}},
     "permute: columns leaves out 'p_perm', so that nothing of it would be "
     "seen"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"conf-level", "0.95"}},
     "conf-level: the result has no confidence limits; add columns +ci"},
    {RS_CMD_RUN,
     {"t.csv"},
     {{"dependent", "y"}, {"conf-level", "0.9"}, {"columns", "+ci"}},
     NULL},

    {RS_CMD_BENCH, {NULL}, {{"size", "9,9,9"}}, NULL},
    {RS_CMD_BENCH, {NULL}, {{"decimal", "."}}, NULL},
    {RS_CMD_BENCH,
     {NULL},
     {{"decimal", ","}},
     "options say how to read FILE, but there is none"},
    {RS_CMD_BENCH,
     {NULL},
     {{"covariates", "c"}},
     "columns are chosen, but there is no FILE"},
    {RS_CMD_BENCH,
     {"t.csv"},
     {{"dependent", "y"}, {"size", "9,9,9"}},
     "size is of the table that bench makes up without FILE"},
    {RS_CMD_BENCH,
     {"-"},
     {{"dependent", "y"}},
     "bench reads its input several times: FILE must be a regular file"},
    {RS_CMD_BENCH,
     {NULL},
     {{"output", "a.db"}},
     "output: bench does not write to databases"},
};

static void fill(struct rs_settings *settings, const struct rules_case *c)
{
    struct rs_error err;

    ck_assert_int_eq(rs_settings_init(settings, c->command, &err), RS_OK);
    for (size_t i = 0; c->files[i] != NULL; i++)
        ck_assert_int_eq(rs_settings_add_file(settings, c->files[i], &err),
                         RS_OK);
    for (size_t i = 0; i < MOST && c->settings[i][0] != NULL; i++)
        ck_assert_msg(rs_settings_set(settings, c->settings[i][0],
                                      c->settings[i][1], &err) == RS_OK,
                      "%s", err.text);
}

START_TEST(test_cases)
{
    const struct rules_case *c = &cases[_i];
    struct rs_settings settings;
    struct rs_asked asked;
    struct rs_error err = {0};

    fill(&settings, c);
    ck_assert_int_eq(rs_rules_check(&asked, &settings, &err),
                     c->text == NULL ? RS_OK : RS_ERR_USAGE);
    rs_error_unmark(&err);
    ck_assert_str_eq(err.text, c->text == NULL ? "" : c->text);
    rs_settings_clear(&settings);
}
END_TEST

START_TEST(test_of_settings)
{
    static const struct rules_case clashes[] = {
        {RS_CMD_RUN,
         {NULL},
         {{"top", "3"}, {"top-per-x", "3"}},
         "top, top-per-y and top-per-x exclude each other"},
        {RS_CMD_RUN,
         {NULL},
         {{"top-per-y", "3"}, {"top-per-x", "3"}},
         "top, top-per-y and top-per-x exclude each other"},
        {RS_CMD_DESCRIBE,
         {NULL},
         {{"quiet", NULL}, {"verbose", NULL}},
         "quiet and verbose exclude each other"},
        {RS_CMD_RUN,
         {NULL},
         {{"delimiter", ","}, {"decimal", ","}},
         "delimiter and decimal are both ','"},
        {RS_CMD_RUN, {NULL}, {{"decimal", "x"}}, "decimal: 'x' is not . or ,"},
        {RS_CMD_RUN, {NULL}, {{"quiet", NULL}, {"seed", "1"}}, ""},
    };

    for (size_t i = 0; i < sizeof clashes / sizeof clashes[0]; i++) {
        struct rs_settings settings;
        struct rs_error err = {0};
        fill(&settings, &clashes[i]);
        ck_assert_int_eq(rs_rules_check_settings(&settings, &err),
                         clashes[i].text[0] == '\0' ? RS_OK : RS_ERR_USAGE);
        rs_error_unmark(&err);
        ck_assert_str_eq(err.text, clashes[i].text);
        rs_settings_clear(&settings);
    }
}
END_TEST

/* What is asked for is found on the way. */
START_TEST(test_asked)
{
    static const struct rules_case c = {RS_CMD_RUN,
                                        {"t.csv"},
                                        {{"dependent", "y"},
                                         {"output", "a.db"},
                                         {"rows", "both"},
                                         {"q-max", "0.1"},
                                         {"naming", "broom"}},
                                        NULL};
    struct rs_settings settings;
    struct rs_asked asked;

    fill(&settings, &c);
    ck_assert_int_eq(rs_rules_check(&asked, &settings, NULL), RS_OK);
    ck_assert_str_eq(asked.model->name, "ols");
    ck_assert_str_eq(asked.target.kind->name, "sqlite");
    ck_assert_uint_eq(asked.rows, RS_ROWS_PAIRS | RS_ROWS_TERMS);
    ck_assert_uint_eq(asked.adjust.methods, rs_adjust_bit(RS_ADJUST_BH));
    ck_assert(rs_asked_shows(&asked, RS_FIELD_P_BONFERRONI + RS_ADJUST_BH,
                             RS_FIELD_P_BONFERRONI + RS_ADJUST_BH));
    ck_assert(!rs_asked_shows(&asked, RS_FIELD_P_PERM, RS_FIELD_P_PERM));
    ck_assert_uint_gt(asked.term_columns.n, 0);
    rs_settings_clear(&settings);
}
END_TEST

/* The offsets of the table are those of settings that its commands know. */
START_TEST(test_table)
{
    for (size_t i = 0; i < rs_n_rules; i++) {
        const struct rs_rule *rule = &rs_rules[i];
        ck_assert_uint_ne(rule->commands, 0);
        ck_assert_int_eq(rule->kind == RS_RULE_FINDS, rule->find != NULL);
        ck_assert_int_eq(rule->kind == RS_RULE_FINDS, rule->text == NULL);
        if (rule->kind == RS_RULE_NEEDS)
            ck_assert_uint_ne(rule->others[0], 0);
        for (size_t k = 0; k <= RS_RULE_OTHERS; k++) {
            size_t at = k == 0 ? rule->setting : rule->others[k - 1];
            unsigned known = at == 0 ? rule->commands : 0;
            for (size_t s = 0; s < RS_N_SETTINGS; s++)
                if (at != 0 && rs_setting_table[s].offset == at)
                    known |= rs_setting_table[s].commands;
            ck_assert_msg((rule->commands & known) != 0, "rule %zu, %zu", i, k);
        }
    }
}
END_TEST

static const struct suite_test tests[] = {
    {&test_cases, (int)(sizeof cases / sizeof cases[0])},
    {&test_of_settings, 1},
    {&test_asked, 1},
    {&test_table, 1},
};
SUITE(rules, tests)
