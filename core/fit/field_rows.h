/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every column of the result, once: the enum, the encoding of rows, tables of
 * databases, --columns and the man page follow. A new one is a row here, and a
 * function in fields.c where its number is not had as it is; what other tools
 * call it is a row of io/sink/naming_rows.h. The order is that of a row when
 * all are shown.
 *
 * ROW(symbol, name, value, rows, shown, need, indexed, group, man)
 *
 * What these are is said in struct rs_field_info. In a man text {column} is
 * one, [option] is an option and *word* is bold; columns without a text have
 * that of the next one.
 */

/* clang-format off */
ROW(Y, "y", TEXT(Y), BOTH, BOTH, NOTHING, true, NULL,
    "the dependent column.")
ROW(X, "x", TEXT(X), BOTH, BOTH, NOTHING, true, NULL,
    "the independent column.")
ROW(TERM, "term", TEXT(TERM), TERMS, TERMS, NOTHING, false, NULL,
    "the coefficient of a row of terms.")
ROW(LEVEL, "level", TEXT(LEVEL), BOTH, NONE, NAMED, false, "compared",
    "the level of a categorical {x} that {beta} is of, where there is one.")
ROW(REFERENCE, "reference", TEXT(REFERENCE), BOTH, NONE, NAMED, false, "compared",
    "the level that the others are compared with; empty where {x} is numbers. "
    "{level}, {reference} and {df1} are shown by default in databases, and where any x of the run is categorical.")
ROW(N, "n", COUNT(n), BOTH, BOTH, NOTHING, false, NULL,
    "rows used: those that have {y}, {x}, all covariates, what [cluster], [time], [strata] or [psu] names and, with [weights], a weight above 0.")
ROW(DF, "df", VALUE(degrees), BOTH, NONE, NOTHING, false, NULL,
    "degrees of freedom of {p}: {n} less the coefficients that could be fitted, or with [se] cluster the clusters less 1, with [survey] PSUs - strata + 1 less the coefficients.")
ROW(DF1, "df1", MEMBER(df1), BOTH, NONE, NOTHING, false, NULL,
    "coefficients that {stat} tests: the rank that they add on the rows used; 1 for t.")
ROW(INTERCEPT, "intercept", MEMBER(intercept), PAIRS, PAIRS, NOTHING, false, NULL,
    "the constant of the model; empty with [no-intercept].")
ROW(BETA, "beta", MEMBER(beta), BOTH, BOTH, NOTHING, false, NULL,
    "the slope of {x}, or of what is tested of it; of a categorical {x} of two levels the other level less the reference; empty where {stat} is F.")
ROW(SE, "se", MEMBER(se), BOTH, BOTH, NOTHING, false, NULL,
    "the standard error of {beta}.")
ROW(CI_LOW, "ci_low", VALUE(ci_low), BOTH, NONE, NOTHING, false, "ci",
    NULL)
ROW(CI_HIGH, "ci_high", VALUE(ci_high), BOTH, NONE, NOTHING, false, "ci",
    "confidence limits of {beta} at [conf-level].")
ROW(STAT, "stat", MEMBER(stat), BOTH, BOTH, NOTHING, false, NULL,
    "t = {beta}/{se}; of an {x} of more than two levels, and where several coefficients are tested, F with {df1} and {df} degrees of freedom, and {beta} is empty; z of tau-b and of pooled groups.")
ROW(P, "p", VALUE(p), BOTH, BOTH, NOTHING, true, NULL,
    "two-sided p-value of {stat} with {df} degrees of freedom. "
    "It is 0 only where the true value is below the least double; see {neg_log10_p}.")
ROW(NEG_LOG10_P, "neg_log10_p", VALUE(neg_log10_p), BOTH, NONE, NOTHING, false, NULL,
    "-log10 {p}, right however small {p} is.")
ROW(R, "r", VALUE(correlation), PAIRS, NONE, NOTHING, false, NULL,
    "the correlation of {y} and {x}, given the covariates; beside F the root of {partial_r2}; rho or tau-b with [model] spearman or kendall.")
ROW(R_LOW, "r_low", VALUE(r_low), PAIRS, NONE, NAMED, false, "effect",
    NULL)
ROW(R_HIGH, "r_high", VALUE(r_high), PAIRS, NONE, NAMED, false, "effect",
    "confidence limits of {r} at [conf-level], by Fisher's z: tanh(atanh {r} -+ q / sqrt(n - 3 - c)), "
    "q a quantile of the normal distribution and c the coefficients of covariates. Empty beside F, rho and tau-b.")
ROW(PARTIAL_R2, "partial_r2", VALUE(partial_r2), PAIRS, NONE, NAMED, false, "effect",
    "the part of what the covariates leave of {y}'s sum of squares that the tested coefficients explain: "
    "{r} squared, whatever standard errors [se] asks for.")
ROW(R2, "r2", MEMBER(r2), BOTH, PAIRS, NOTHING, false, NULL,
    "the part of {y}'s sum of squares that the whole model explains: about the mean, or about zero with [no-intercept].")
ROW(SIGMA, "sigma", MEMBER(sigma), BOTH, NONE, NOTHING, false, NULL,
    "the residual standard deviation.")
ROW(AIC, "aic", VALUE(aic), BOTH, NONE, NOTHING, false, NULL,
    "Akaike's criterion as R's AIC() gives it for a linear model.")
ROW(POOLED, "k", MEMBER(pooled), PAIRS, PAIRS, POOL, false, NULL,
    "groups that enter a pooled row ([pool-groups]): those with a standard error.")
ROW(TAU2, "tau2", MEMBER(pooled_tau2), PAIRS, PAIRS, POOL, false, NULL,
    "the variance of the slope between groups, by DerSimonian and Laird.")
ROW(Q_BETWEEN, "Q", MEMBER(pooled_q), PAIRS, PAIRS, POOL, false, NULL,
    "Cochran's Q: the weighted sum of squares of the groups' slopes about the fixed one.")
ROW(Q_P, "Q_p", VALUE(pooled_q_p), PAIRS, PAIRS, POOL, false, NULL,
    "p of {Q}, by chi-square with {k} - 1 degrees of freedom.")
ROW(I2, "I2", VALUE(pooled_i2), PAIRS, PAIRS, POOL, false, NULL,
    "the part of {Q} that is more than chance gives, in percent.")
ROW(SCORE_SE, "score_se", VALUE(score_se), PAIRS, NONE, NAMED, false, "score",
    NULL)
ROW(SCORE_CHISQ, "score_chisq", VALUE(score_chisq), PAIRS, NONE, NAMED, false, "score",
    NULL)
ROW(SCORE_LOG10P, "score_neg_log10_p", VALUE(score_neg_log10_p), PAIRS, NONE, NAMED, false, "score",
    "the score test of {x}, whose variance is that of what the covariates leave of {y}, before {x}: the chi-square ({df} + 1) {partial_r2} with one degree of freedom, its -log10 p, and |{beta}| over its root. "
    "Of least squares, whatever [se] says; empty beside F.")
ROW(ADJ_R2, "adj_r2", VALUE(adj_r2), BOTH, NONE, NAMED, false, "fit",
    "{r2} with mean squares in the place of sums: 1 - (1 - {r2}) (n - 1) / df; n for n - 1 with [no-intercept].")
ROW(F, "f", VALUE(f_of_model), BOTH, NONE, NAMED, false, "fit",
    NULL)
ROW(F_P, "f_p", VALUE(f_p), BOTH, NONE, NAMED, false, "fit",
    "F of the whole model, all coefficients but the intercept, by sums of squares, and its p.")
ROW(BIC, "bic", VALUE(bic), BOTH, NONE, NAMED, false, "fit",
    "Schwarz's criterion, as R's BIC().")
ROW(LOGLIK, "loglik", VALUE(loglik), BOTH, NONE, NAMED, false, "fit",
    "the log likelihood, as R's logLik().")
ROW(P_BONFERRONI, "p_bonferroni", ADDED, PAIRS, PAIRS, ADJUST, false, NULL,
    NULL)
ROW(P_HOLM, "p_holm", ADDED, PAIRS, PAIRS, ADJUST, false, NULL,
    NULL)
ROW(P_HOCHBERG, "p_hochberg", ADDED, PAIRS, PAIRS, ADJUST, false, NULL,
    NULL)
ROW(P_BH, "p_bh", ADDED, PAIRS, PAIRS, ADJUST, false, NULL,
    NULL)
ROW(P_BY, "p_by", ADDED, PAIRS, PAIRS, ADJUST, false, NULL,
    NULL)
ROW(Q, "q", ADDED, PAIRS, PAIRS, ADJUST, false, NULL,
    "p adjusted for the tests of the family ([adjust]).")
ROW(P_PERM, "p_perm", ADDED, PAIRS, PAIRS, PERMUTE, false, NULL,
    "p adjusted by the largest statistics of permutations ([permute]).")
ROW(BOOT_LOW, "boot_low", ADDED, PAIRS, PAIRS, BOOTSTRAP, false, "boot",
    NULL)
ROW(BOOT_HIGH, "boot_high", ADDED, PAIRS, PAIRS, BOOTSTRAP, false, "boot",
    NULL)
ROW(BCA_LOW, "bca_low", ADDED, PAIRS, PAIRS, BOOTSTRAP, false, "boot",
    NULL)
ROW(BCA_HIGH, "bca_high", ADDED, PAIRS, PAIRS, BOOTSTRAP, false, "boot",
    "bootstrap confidence limits of {beta} ([bootstrap]).")
ROW(D_BETA, "d_beta", ADDED, PAIRS, PAIRS, COMPARE, false, NULL,
    NULL)
ROW(D_R2, "d_r2", ADDED, PAIRS, PAIRS, COMPARE, false, NULL,
    "{beta} and {r2} less those by the first set of covariates ([compare]); empty in its own rows.")
ROW(N_LEVEL, "n_level", ADDED, TERMS, NONE, NAMED, false, "levels",
    NULL)
ROW(MEAN_LEVEL, "mean_level", ADDED, TERMS, NONE, NAMED, false, "levels",
    "in rows of terms of a level of {x}: the rows used that have it, and the (weighted) mean of {y} in them.")
ROW(STD_BETA, "std_beta", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "{beta} {sd_x}/{sd_y}; empty beside [poly] and [interact].")
ROW(MEAN_Y, "mean_y", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    NULL)
ROW(SD_Y, "sd_y", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    NULL)
ROW(MEAN_X, "mean_x", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    NULL)
ROW(SD_X, "sd_x", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "mean and standard deviation over the rows used; weighted ones with [weights]. Empty where {x} is a category.")
ROW(N_LEVELS, "n_levels", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "levels of a categorical {x} that the rows used have.")
ROW(COND, "cond", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "the condition of the model: the largest singular value over the least, of its columns, intercept included, each scaled to length 1 (Belsley, Kuh and Welsch). Empty beside absorbed categories and dropped columns.")
ROW(VIF, "vif", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "variance inflation of {x} by the covariates; of a categorical {x} the generalised one, of Fox and Monette; empty beside [poly] and [interact], where no single column is {x}.")
ROW(LEVERAGE_MAX, "leverage_max", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "the largest diagonal of the hat matrix.")
ROW(COOKS_MAX, "cooks_max", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "the largest of Cook's distances; empty where a row has leverage 1.")
ROW(DW, "dw", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "Durbin and Watson's statistic, rows in the order of the file; empty with [weights], as {bp_p} is: both are of residuals with one variance.")
ROW(BP_P, "bp_p", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "p of Breusch and Pagan's test as Koenker has it: n R2 of the squared residuals on the model's columns, against chi-square.")
ROW(N_DROPPED, "n_dropped", ADDED, PAIRS, NONE, NAMED, false, "diagnostics",
    "columns of covariates that are constant or that others explain in the rows used; empty beside absorbed categories.")
/* what is added to a fit ends here: RS_N_ADDED */
ROW(DROPPED, "dropped", TEXT(DROPPED), PAIRS, NONE, NAMED, false, "diagnostics",
    "the covariates that such columns are of, with ; between names; empty where there are none.")
ROW(MODEL, "model", TEXT(MODEL), BOTH, NONE, NOTHING, false, NULL,
    "the name of the model.")
ROW(STATUS, "status", TEXT(OUTCOME), BOTH, BOTH, NOTHING, false, NULL,
    "ok, or why there is no fit: see STATUSES in regsweep-output(5).")
/* clang-format on */
