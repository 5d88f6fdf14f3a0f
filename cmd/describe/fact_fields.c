/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fact_fields.h"

#include <math.h>

static bool is_numeric(const struct rs_facts *facts)
{
    return facts->column->type == RS_TYPE_NUMERIC;
}

static void put_text(struct rs_fact *out, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    out->kind = RS_FACT_TEXT;
    out->text = text;
}

static void put_count(struct rs_fact *out, uint64_t n)
{
    out->kind = RS_FACT_COUNT;
    out->count = n;
}

static void put_real(struct rs_fact *out, double value)
{
    if (!isfinite(value))
        return;
    out->kind = RS_FACT_REAL;
    out->real = value;
}

/* ---- the fields -------------------------------------------------- */

static void get_name(struct rs_fact *out, const struct rs_facts *facts)
{
    out->kind = RS_FACT_TEXT; /* even if it is empty */
    out->text = facts->column->name;
}

static void get_type(struct rs_fact *out, const struct rs_facts *facts)
{
    put_text(out, is_numeric(facts) ? "numeric" : "text");
}

static void get_n(struct rs_fact *out, const struct rs_facts *facts)
{
    put_count(out, facts->n_present);
}

static void get_missing(struct rs_fact *out, const struct rs_facts *facts)
{
    put_count(out, facts->column->n_missing);
}

/* One more than are counted means that there are more. */
static void get_distinct(struct rs_fact *out, const struct rs_facts *facts)
{
    put_count(out, facts->n_distinct);
}

static void get_distinct_exact(struct rs_fact *out,
                               const struct rs_facts *facts)
{
    put_count(out, facts->n_distinct <= RS_DISTINCT_MOST);
}

static void get_mean(struct rs_fact *out, const struct rs_facts *facts)
{
    put_real(out, facts->moments.mean);
}

static void get_sd(struct rs_fact *out, const struct rs_facts *facts)
{
    put_real(out, facts->moments.sd);
}

static void get_min(struct rs_fact *out, const struct rs_facts *facts)
{
    put_real(out, facts->moments.min);
}

static void get_max(struct rs_fact *out, const struct rs_facts *facts)
{
    put_real(out, facts->moments.max);
}

/* The levels, where they are listed. */
static const struct rs_factor *factor_of(const struct rs_facts *facts)
{
    const struct rs_factor *factor = facts->column->factor;

    return factor != NULL && !facts->bad && factor->n_levels > 0 &&
                   factor->n_levels <= RS_FACTS_LEVELS
               ? factor
               : NULL;
}

static void get_levels(struct rs_fact *out, const struct rs_facts *facts)
{
    const struct rs_factor *factor = factor_of(facts);

    if (factor == NULL)
        return;
    out->kind = RS_FACT_LIST;
    out->between = ",";
    out->texts = (const char *const *)factor->levels;
    out->n = factor->n_levels;
}

static void get_reference(struct rs_fact *out, const struct rs_facts *facts)
{
    const struct rs_factor *factor = factor_of(facts);

    if (factor != NULL)
        put_text(out, factor->levels[factor->reference]);
}

static void get_not_numbers(struct rs_fact *out, const struct rs_facts *facts)
{
    if (!is_numeric(facts))
        put_count(out, facts->column->n_words);
}

static void get_first_line(struct rs_fact *out, const struct rs_facts *facts)
{
    if (!is_numeric(facts) && facts->column->fault.line > 0)
        put_count(out, facts->column->fault.line);
}

static void get_first_cell(struct rs_fact *out, const struct rs_facts *facts)
{
    if (!is_numeric(facts))
        put_text(out, facts->column->fault.text);
}

static void get_missing_words(struct rs_fact *out, const struct rs_facts *facts)
{
    if (!is_numeric(facts))
        put_count(out, facts->n_missing_words);
}

static void get_infinite(struct rs_fact *out, const struct rs_facts *facts)
{
    if (is_numeric(facts))
        put_count(out, facts->column->n_infinite);
}

static void get_rounded(struct rs_fact *out, const struct rs_facts *facts)
{
    if (is_numeric(facts))
        put_count(out, facts->column->loss.n_rounded);
}

static void get_too_small(struct rs_fact *out, const struct rs_facts *facts)
{
    if (is_numeric(facts))
        put_count(out, facts->column->loss.n_too_small);
}

static void get_labelled(struct rs_fact *out, const struct rs_facts *facts)
{
    put_count(out, facts->column->labelled.n);
}

static void get_looks_like(struct rs_fact *out, const struct rs_facts *facts)
{
    static const char *const words[RS_N_LOOKS] = {
        [RS_LOOKS_LIKE_DATES] = "dates", [RS_LOOKS_LIKE_ID] = "id"};

    put_text(out, words[facts->looks]);
}

static void get_unit(struct rs_fact *out, const struct rs_facts *facts)
{
    put_text(out, facts->column->unit);
}

static void get_label(struct rs_fact *out, const struct rs_facts *facts)
{
    put_text(out, facts->column->label);
}

static void get_hints(struct rs_fact *out, const struct rs_facts *facts)
{
    if (facts->n_hints == 0)
        return;
    out->kind = RS_FACT_LIST;
    out->between = "; ";
    out->texts = (const char *const *)facts->hints;
    out->n = facts->n_hints;
}

const struct rs_fact_field rs_fact_fields[RS_N_FACT_FIELDS] = {
    {"column", RS_FACT_NAME, get_name},
    {"type", RS_FACT_LEFT, get_type},
    {"n", RS_FACT_RIGHT, get_n},
    {"missing", RS_FACT_RIGHT, get_missing},
    {"distinct", RS_FACT_RIGHT, get_distinct},
    {"mean", RS_FACT_NUMBER, get_mean},
    {"sd", RS_FACT_NUMBER, get_sd},
    {"min", RS_FACT_NUMBER, get_min},
    {"max", RS_FACT_NUMBER, get_max},
    {"distinct_exact", RS_FACT_HIDDEN, get_distinct_exact},
    {"levels", RS_FACT_HIDDEN, get_levels},
    {"reference", RS_FACT_HIDDEN, get_reference},
    {"not_numbers", RS_FACT_HIDDEN, get_not_numbers},
    {"first_line", RS_FACT_HIDDEN, get_first_line},
    {"first_cell", RS_FACT_HIDDEN, get_first_cell},
    {"missing_words", RS_FACT_HIDDEN, get_missing_words},
    {"infinite", RS_FACT_HIDDEN, get_infinite},
    {"rounded", RS_FACT_HIDDEN, get_rounded},
    {"too_small", RS_FACT_HIDDEN, get_too_small},
    {"labelled", RS_FACT_HIDDEN, get_labelled},
    {"looks_like", RS_FACT_HIDDEN, get_looks_like},
    {"unit", RS_FACT_HIDDEN, get_unit},
    {"label", RS_FACT_BELOW, get_label},
    {"hints", RS_FACT_BELOW, get_hints},
};
