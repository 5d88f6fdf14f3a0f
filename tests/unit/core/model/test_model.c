/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engines.h"
#include "errors.h"
#include "made_data.h"
#include "models.h"
#include "rules.h"
#include "run_suite.h"
#include "toy_model.h"

#include <math.h>

/* A model more, in the place of core's own table. */
const struct rs_model *const rs_models[] = {&rs_model_ols, &toy_model, NULL};

START_TEST(test_find)
{
    ck_assert_ptr_eq(rs_model_find("ols"), &rs_model_ols);
    ck_assert_ptr_eq(rs_model_find("toy"), &toy_model);
    ck_assert_ptr_null(rs_model_find("to"));
}
END_TEST

/* ---- p by the statistic ------------------------------------------ */

START_TEST(test_z)
{
    /* slope 2, sum of squares of x 10: z = 2 sqrt(10) */
    static const double values[] = {1, 3, 5, 7, 9, 1, 2, 3, 4, 5};
    const double z = 2.0 * sqrt(10.0);
    struct rs_dataset *data = made_data(values, 5, 2);
    const struct rs_spec spec = {.data = data};
    struct rs_fit fit;
    void *state = NULL;

    ck_assert_int_eq(toy_model.open(&state, &spec, NULL), RS_OK);
    toy_model.fit(state, 0, 1, &fit);
    rs_fit_find_p(&fit);
    ck_assert_double_eq_tol(fit.stat, z, 1e-14);
    ck_assert_double_eq_tol(exp(fit.log_p) / erfc(z / sqrt(2.0)), 1.0, 1e-12);
    ck_assert_double_eq_tol(rs_fit_value(&fit, RS_FIELD_CI_LOW, 0.95),
                            2.0 - 1.959963984540054 / sqrt(10.0), 1e-14);
    ck_assert(isnan(rs_fit_value(&fit, RS_FIELD_R, 0.95)));
    fit.statistic = RS_STAT_T; /* R: 2 * pt(-2 * sqrt(10), 4) */
    rs_fit_find_p(&fit);
    ck_assert_double_eq_tol(exp(fit.log_p), 0.0031982021523353056, 1e-15);
    ck_assert(!isnan(rs_fit_value(&fit, RS_FIELD_R, 0.95)));
    fit.statistic = RS_STAT_F; /* the square of t */
    fit.stat *= fit.stat;
    rs_fit_find_p(&fit);
    ck_assert_double_eq_tol(exp(fit.log_p), 0.0031982021523353056, 1e-15);
    toy_model.close(state);
    rs_dataset_free(data);
}
END_TEST

/* ---- what it can ------------------------------------------------- */

START_TEST(test_engine)
{
    struct rs_plan plan = {.pairs = RS_PAIRS_ALL};
    const struct rs_errors_kind by_pair = {.name = "by pair"};
    struct rs_spec spec = {.intercept = true};
    struct rs_engine_env env = {
        .plan = &plan, .model = &rs_model_ols, .spec = &spec};

    ck_assert_ptr_eq(rs_engine_choose(&env), &rs_engine_tile);
    plan.pairs = RS_PAIRS_MATCHED;
    ck_assert_ptr_eq(rs_engine_choose(&env), &rs_engine_exact);
    plan.pairs = RS_PAIRS_ALL;
    spec.errors = &by_pair; /* of which there is no way */
    ck_assert_ptr_eq(rs_engine_choose(&env), &rs_engine_exact);
    spec.errors = NULL;
    env.model = &toy_model;
    ck_assert_ptr_eq(rs_engine_choose(&env), &rs_engine_exact);
}
END_TEST

static void set(struct rs_settings *settings, const char *name,
                const char *value)
{
    struct rs_error err;

    ck_assert_int_eq(rs_settings_set(settings, name, value, &err), RS_OK);
}

/* setting: NULL for none */
static void refused(const char *setting, const char *value, const char *text)
{
    struct rs_settings settings;
    struct rs_asked asked;
    struct rs_error err;
    enum rs_status status = rs_settings_init(&settings, RS_CMD_RUN, &err);

    ck_assert_int_eq(status, RS_OK);
    ck_assert_int_eq(rs_settings_add_file(&settings, "t.csv", &err), RS_OK);
    set(&settings, "dependent", "a");
    set(&settings, "model", "toy");
    if (setting != NULL)
        set(&settings, setting, value);
    status = rs_rules_check(&asked, &settings, &err);
    ck_assert_int_eq(status, text == NULL ? RS_OK : RS_ERR_USAGE);
    if (text != NULL) {
        rs_error_unmark(&err);
        ck_assert_str_eq(err.text, text);
    }
    rs_settings_clear(&settings);
}

START_TEST(test_refusals)
{
    refused(NULL, NULL, NULL);
    refused("rows", "terms", "rows: model 'toy' has no terms");
    refused("weights", "w", "weights: model 'toy' takes no weights");
    refused("permute", "9", "permute: model 'toy' has no permutations");
    refused("bootstrap", "99", "bootstrap: model 'toy' has no bootstrap");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_find, 1},
    {&test_z, 1},
    {&test_engine, 1},
    {&test_refusals, 1},
};
SUITE(model, tests)
