/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FIT_H
#define RS_FIT_H

#include "outcome.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How p follows from `stat`. */
enum rs_statistic {
    RS_STAT_T, /* two-sided, Student's t of df */
    RS_STAT_Z, /* two-sided, normal */
    RS_STAT_F  /* upper tail of F(df1, df) */
};

/*
 * One fitted pair, and the columns a result row can show of it.
 *
 * An engine fills the few numbers that need the data, and log_p; what follows
 * from them (confidence limits, r, aic) is computed by rs_fit_value only when
 * a column asks for it. NaN = not available; the outcome says why.
 */
struct rs_fit {
    enum rs_outcome outcome;
    enum rs_statistic statistic;
    uint64_t n;        /* rows used */
    double df;         /* residual degrees of freedom; 0 when none */
    double df1;        /* coefficients tested; more than 1 of F alone */
    double intercept;  /* NaN without an intercept */
    double beta;       /* slope of x; NaN beside F */
    double se;         /* standard error of beta */
    double stat;       /* t or z = beta / se, or F */
    double r;          /* partial correlation; NaN: it follows from stat */
    double r2;         /* of the whole model; uncentred without intercept */
    double sigma;      /* residual standard deviation, sqrt(RSS / df) */
    double n_coef;     /* coefficients in the model, intercept included */
    double log_weight; /* sum of ln(weight) over the rows; 0 unweighted */
    double log_p;      /* ln of p; rs_fit_find_p fills it, or the engine */
};

/* Result columns. The order is that of a row when all are shown. */
enum rs_field {
    RS_FIELD_Y,
    RS_FIELD_X,
    RS_FIELD_TERM,
    RS_FIELD_N,
    RS_FIELD_DF,
    RS_FIELD_DF1,
    RS_FIELD_INTERCEPT,
    RS_FIELD_BETA,
    RS_FIELD_SE,
    RS_FIELD_CI_LOW,
    RS_FIELD_CI_HIGH,
    RS_FIELD_STAT,
    RS_FIELD_P,
    RS_FIELD_NEG_LOG10_P,
    RS_FIELD_R,
    RS_FIELD_R2,
    RS_FIELD_SIGMA,
    RS_FIELD_AIC,
    RS_FIELD_P_BONFERRONI,
    RS_FIELD_P_HOLM,
    RS_FIELD_P_HOCHBERG,
    RS_FIELD_P_BH,
    RS_FIELD_P_BY,
    RS_FIELD_Q,
    RS_FIELD_P_PERM,
    RS_FIELD_BOOT_LOW,
    RS_FIELD_BOOT_HIGH,
    RS_FIELD_BCA_LOW,
    RS_FIELD_BCA_HIGH,
    RS_FIELD_MODEL,
    RS_FIELD_STATUS,
    RS_FIELD_COUNT
};

/* Numbers of a row that are not of its fit alone: see row.h. */
enum {
    RS_ADDED_FIRST = RS_FIELD_P_BONFERRONI,
    RS_N_ADDED = RS_FIELD_BCA_HIGH - RS_FIELD_P_BONFERRONI + 1
};

/* What a run must be asked for before a column has values. */
enum rs_need {
    RS_NEED_NOTHING,
    RS_NEED_TERMS,
    RS_NEED_ADJUST,
    RS_NEED_PERMUTE,
    RS_NEED_BOOTSTRAP
};

enum rs_field_kind { RS_KIND_TEXT, RS_KIND_INTEGER, RS_KIND_REAL };

struct rs_field_info {
    const char *name; /* public column name */
    enum rs_field_kind kind;
    bool by_default; /* shown without --columns, where `need` is met */
    enum rs_need need;
};

/* [RS_FIELD_COUNT], indexed by enum rs_field. */
extern const struct rs_field_info rs_fields[RS_FIELD_COUNT];

/* A fit about which nothing is known but its outcome and n; numbers NaN. What
 * would be tested is t. */
void rs_fit_clear(struct rs_fit *fit, enum rs_outcome outcome, uint64_t n);

/* Fills log_p from stat, as fit->statistic says. */
void rs_fit_find_p(struct rs_fit *fit);

/*
 * The value of a numeric column that follows from the fit alone; NaN for
 * others (see rs_row_number).
 * conf_level  in  in (0, 1), for ci_low and ci_high
 * Returns NaN where not available; integers as doubles.
 * Notes: p needs log_p; r = t / sqrt(t^2 + df)
 * where t is the classical one,
 * the partial correlation given the covariates (Pearson's r without any),
 * of t alone; aic as R's AIC(lm): n (log(2 pi RSS / n) + 1)
 * - log_weight + 2 (n_coef + 1).
 */
double rs_fit_value(const struct rs_fit *fit, enum rs_field field,
                    double conf_level);

#endif
