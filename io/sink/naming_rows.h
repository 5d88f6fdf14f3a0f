/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What other tools call result columns, and what they write that is not here.
 * Included with NAME, LACK and SHOW defined; the man page follows.
 *
 *     NAME(style, field, only, name, man)   the first row of a style and a
 *         field whose facts all hold (only: of RS_NAMES_) names the column;
 *         where none does, it has our name. A column that the tool defines
 *         otherwise has no row. In a name $c is the confidence level in
 *         percent, $l and $u are the shares below its limits, $L and $U these
 *         in percent.
 *     LACK(style, name, man)                theirs that no column is
 *     SHOW(style, only, fields...)          what is shown by default, in the
 *         tool's order, where the facts hold; before it stand labels, behind
 *         it what an option adds, and `status`
 *
 * In a man text {column} is one of ours, [option] is an option, *word* is bold.
 */

/* clang-format off */
/* R: broom 1.0, tidy(lm) and glance(lm) */
NAME(BROOM, Y, 0, "response", NULL)
NAME(BROOM, X, PAIRS, "term", "in rows of pairs")
NAME(BROOM, TERM, TERMS, "term", "in rows of terms, where {x} is x")
NAME(BROOM, N, 0, "nobs", NULL)
NAME(BROOM, DF, RESIDUAL_DF, "df.residual", "not by clusters or a survey")
NAME(BROOM, BETA, 0, "estimate", NULL)
NAME(BROOM, SE, 0, "std.error", NULL)
NAME(BROOM, CI_LOW, 0, "conf.low", NULL)
NAME(BROOM, CI_HIGH, 0, "conf.high", NULL)
NAME(BROOM, STAT, 0, "statistic", NULL)
NAME(BROOM, P, 0, "p.value", NULL)
NAME(BROOM, R2, 0, "r.squared", NULL)
NAME(BROOM, ADJ_R2, 0, "adj.r.squared", NULL)
NAME(BROOM, SIGMA, 0, "sigma", NULL)
NAME(BROOM, AIC, 0, "AIC", NULL)
NAME(BROOM, BIC, 0, "BIC", NULL)
NAME(BROOM, LOGLIK, 0, "logLik", NULL)
LACK(BROOM, "statistic, p.value, df (glance)", "of the whole model: {f} and {f_p} here, as tidy() has the names")
LACK(BROOM, "deviance", "{sigma} squared times {df}")

/* PLINK 2.0: --glm and --adjust */
NAME(PLINK, Y, 0, "PHENO", "PLINK has it in the file's name")
NAME(PLINK, X, 0, "ID", NULL)
NAME(PLINK, TERM, 0, "TEST", NULL)
NAME(PLINK, N, 0, "OBS_CT", NULL)
NAME(PLINK, BETA, 0, "BETA", NULL)
NAME(PLINK, SE, 0, "SE", NULL)
NAME(PLINK, STAT, T, "T_STAT", "where all are t")
NAME(PLINK, STAT, T_OR_F, "T_OR_F_STAT", "where there is F")
NAME(PLINK, P, 0, "P", NULL)
NAME(PLINK, NEG_LOG10_P, 0, "NEG_LOG10_P", "2.00a3: LOG10_P")
NAME(PLINK, P_BONFERRONI, 0, "BONF", "PLINK's families are [family] y")
NAME(PLINK, P_HOLM, 0, "HOLM", NULL)
NAME(PLINK, P_BH, 0, "FDR_BH", NULL)
NAME(PLINK, P_BY, 0, "FDR_BY", NULL)
NAME(PLINK, P_PERM, 0, "EMP2", NULL)
NAME(PLINK, Q_BETWEEN, 0, "COCHRAN_Q", "ours: Q is {q}")
LACK(PLINK, "L95, U95", "limits by the normal distribution; {ci_low} and {ci_high} are by t")
LACK(PLINK, "ERRCODE", "PLINK's own codes; {status} has our words")
LACK(PLINK, "#CHROM, POS, REF, ALT, A1", "of variants, which a table does not tell")

/* R: limma 3.5x, lmFit() and topTable(eBayes()) */
SHOW(LIMMA, PAIRS, Y, X, BETA, MEAN_Y, SE, SIGMA, DF, STAT, P)
NAME(LIMMA, Y, 0, "ID", NULL)
NAME(LIMMA, BETA, 0, "logFC", NULL)
NAME(LIMMA, MEAN_Y, UNWEIGHTED, "AveExpr", "the mean of {y}; limma's is of rows that lack {x} or a covariate, too; not with [weights]")
NAME(LIMMA, SIGMA, 0, "sigma", "before eBayes()")
NAME(LIMMA, DF, RESIDUAL_DF, "df.residual", "not by clusters or a survey")
LACK(LIMMA, "t, P.Value, adj.P.Val, B", "moderated: by a variance that all {y} share. {stat}, {p} and {p_bh} are not")
LACK(LIMMA, "CI.L, CI.R", "likewise")

/* R: Matrix eQTL 2.3, modelLINEAR, as it writes its file */
SHOW(MATRIXEQTL, PAIRS, X, Y, BETA, STAT, P)
NAME(MATRIXEQTL, X, 0, "SNP", NULL)
NAME(MATRIXEQTL, Y, 0, "gene", NULL)
NAME(MATRIXEQTL, BETA, 0, "beta", NULL)
NAME(MATRIXEQTL, STAT, T, "t-stat", "where all are t")
NAME(MATRIXEQTL, P, 0, "p-value", NULL)
NAME(MATRIXEQTL, P_BH, 0, "FDR", "with [adjust] bh; Matrix eQTL's family is all")
LACK(MATRIXEQTL, "F-test", "of modelANOVA; {stat} where there is F")

/* regenie 3 and 4: step 2, quantitative traits, without predictions of step 1 */
SHOW(REGENIE, PAIRS | T | CLASSICAL, Y, X, N, BETA, SCORE_SE, SCORE_CHISQ, SCORE_LOG10P)
NAME(REGENIE, X, 0, "ID", NULL)
NAME(REGENIE, N, 0, "N", NULL)
NAME(REGENIE, BETA, 0, "BETA", NULL)
NAME(REGENIE, SCORE_SE, 0, "SE", NULL)
NAME(REGENIE, SCORE_CHISQ, 0, "CHISQ", "a score test: the variance is that of {y} without {x}")
NAME(REGENIE, SCORE_LOG10P, 0, "LOG10P", "by chi-square")
NAME(REGENIE, SE, 0, "se_t", "ours; SE is another")
LACK(REGENIE, "CHROM, GENPOS, ALLELE0, ALLELE1, A1FREQ, INFO", "of variants, which a table does not tell")
LACK(REGENIE, "TEST, EXTRA", "ADD and NA in every row")

/* Python: statsmodels 0.13, OLS.fit().summary() */
SHOW(STATSMODELS, PAIRS, Y, X, BETA, SE, STAT, P, CI_LOW, CI_HIGH, N, R2)
SHOW(STATSMODELS, TERMS, Y, X, TERM, BETA, SE, STAT, P, CI_LOW, CI_HIGH, N)
NAME(STATSMODELS, Y, 0, "Dep. Variable", NULL)
NAME(STATSMODELS, BETA, 0, "coef", NULL)
NAME(STATSMODELS, SE, 0, "std err", NULL)
NAME(STATSMODELS, STAT, T, "t", "with use_t")
NAME(STATSMODELS, P, T, "P>|t|", "with use_t")
NAME(STATSMODELS, CI_LOW, 0, "[$l", NULL)
NAME(STATSMODELS, CI_HIGH, 0, "$u]", NULL)
NAME(STATSMODELS, N, 0, "No. Observations", NULL)
NAME(STATSMODELS, DF, RESIDUAL_DF, "Df Residuals", "not by clusters or a survey")
NAME(STATSMODELS, R2, 0, "R-squared", NULL)
NAME(STATSMODELS, ADJ_R2, 0, "Adj. R-squared", NULL)
NAME(STATSMODELS, F, CLASSICAL, "F-statistic", "with classical errors, whose F it is")
NAME(STATSMODELS, F_P, CLASSICAL, "Prob (F-statistic)", "likewise")
NAME(STATSMODELS, LOGLIK, 0, "Log-Likelihood", NULL)
LACK(STATSMODELS, "AIC, BIC", "do not count the variance as a parameter: by 2 and ln {n} below {aic} and {bic}, which are R's")

/* R: fixest 0.11, coeftable() and confint() of feols() */
SHOW(FIXEST, PAIRS, Y, X, BETA, SE, STAT, P)
SHOW(FIXEST, TERMS, Y, X, TERM, BETA, SE, STAT, P)
NAME(FIXEST, Y, 0, "lhs", "as of several estimations")
NAME(FIXEST, X, PAIRS, "coefficient", "in rows of pairs")
NAME(FIXEST, TERM, TERMS, "coefficient", "in rows of terms, where {x} is x")
NAME(FIXEST, BETA, 0, "Estimate", NULL)
NAME(FIXEST, SE, 0, "Std. Error", NULL)
NAME(FIXEST, STAT, T, "t value", "where all are t")
NAME(FIXEST, P, T, "Pr(>|t|)", "where all are t")
NAME(FIXEST, CI_LOW, 0, "$L %", NULL)
NAME(FIXEST, CI_HIGH, 0, "$U %", NULL)
LACK(FIXEST, "id, rhs", "number and right side of a model")
/* clang-format on */
