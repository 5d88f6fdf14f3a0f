/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formula.h"

#include "transform.h"

#include <stdio.h>
#include <string.h>

enum { PART = 256 };

/* What a formula asks for; lists are joined by commas. */
struct parts {
    char y[PART], x[PART], covariates[PART], factors[PART];
    char transform[PART]; /* of one column; "" none */
    char interact[PART];
    char poly[8];
    bool no_intercept;
    bool odd; /* something else is in it */
};

bool rs_formula_is(const char *text)
{
    const char *tilde = strchr(text, '~');
    size_t before = strspn(text, " \t");

    return tilde != NULL && text + before < tilde &&
           tilde[1 + strspn(tilde + 1, " \t")] != '\0';
}

void rs_formula_add(char *out, size_t room, const char *option,
                    const char *value)
{
    size_t used = strlen(out);
    const char *quote =
        strpbrk(value, " \t*?[](){}!#$&;|<>~`\"\\") != NULL ? "'" : "";

    (void)snprintf(out + used, room - used, "%s%s %s%s%s", used > 0 ? " " : "",
                   option, quote, value, quote);
}

/* ---- pieces ------------------------------------------------------ */

/* Copies len bytes without the blanks, and the backticks, about them. */
static void trim(char out[PART], const char *text, size_t len)
{
    while (len > 0 && strchr(" \t`", text[0]) != NULL) {
        text++;
        len--;
    }
    while (len > 0 && strchr(" \t`", text[len - 1]) != NULL)
        len--;
    (void)snprintf(out, PART, "%.*s", (int)len, text);
}

static void join(char list[PART], const char *name)
{
    size_t used = strlen(list);

    (void)snprintf(list + used, PART - used, "%s%s", used > 0 ? "," : "", name);
}

/* The bytes up to one of `marks` that is in no parentheses. */
static size_t span(const char *text, const char *marks)
{
    int depth = 0;
    size_t n = 0;

    for (; text[n] != '\0'; n++) {
        if (depth == 0 && n > 0 && strchr(marks, text[n]) != NULL)
            break;
        depth += text[n] == '(' ? 1 : text[n] == ')' ? -1 : 0;
    }
    return n;
}

/* NAME(INSIDE): its parts; false for anything else. */
static bool split_call(char name[PART], char inside[PART], const char *text)
{
    const char *open = strchr(text, '(');
    size_t len = strlen(text);

    if (open == NULL || open == text || text[len - 1] != ')')
        return false;
    trim(name, text, (size_t)(open - text));
    trim(inside, open + 1, (size_t)(text + len - 1 - open - 1));
    return true;
}

static bool is_name(const char *text)
{
    return text[0] != '\0' && strpbrk(text, "()^*/:|+%") == NULL;
}

/* One column, maybe as NAME(COLUMN): its name. false: neither. */
static bool read_column(char out[PART], struct parts *parts, const char *text)
{
    char name[PART];
    char inside[PART];

    if (is_name(text)) {
        memcpy(out, text, PART);
        return true;
    }
    if (!split_call(name, inside, text) || !is_name(inside))
        return false;
    memcpy(out, inside, PART);
    if (strcmp(name, "C") == 0 || strcmp(name, "factor") == 0 ||
        strcmp(name, "as.factor") == 0) {
        join(parts->factors, inside);
        return true;
    }
    if (!rs_transform_is(name, strlen(name)) || parts->transform[0] != '\0')
        return false;
    (void)snprintf(parts->transform, PART, "%.100s(%.100s)", name, inside);
    return true;
}

/* poly(x, 2), I(x^2) */
static bool read_power(struct parts *parts, const char *text)
{
    char name[PART];
    char inside[PART];
    char degree[PART];
    size_t at = 0;

    if (!split_call(name, inside, text))
        return false;
    at = strcspn(inside, strcmp(name, "poly") == 0 ? "," : "^");
    if ((strcmp(name, "poly") != 0 && strcmp(name, "I") != 0) ||
        inside[at] == '\0')
        return false;
    trim(name, inside, at);
    trim(degree, inside + at + 1, strlen(inside + at + 1));
    if (strlen(degree) > 2 || strspn(degree, "0123456789") != strlen(degree) ||
        (parts->x[0] != '\0' && strcmp(parts->x, name) != 0))
        return false;
    memcpy(parts->x, name, PART);
    memcpy(parts->poly, degree, sizeof parts->poly);
    return true;
}

/* ---- both sides -------------------------------------------------- */

static void read_left(struct parts *parts, const char *text, size_t len)
{
    char whole[PART];
    char name[PART];
    char inside[PART];
    char one[PART];

    trim(whole, text, len);
    if (split_call(name, inside, whole) &&
        (strcmp(name, "cbind") == 0 || strcmp(name, "c") == 0))
        memcpy(whole, inside, PART);
    for (const char *at = whole; *at != '\0';) {
        size_t n = span(at, "+,");
        trim(name, at, n);
        if (read_column(one, parts, name))
            join(parts->y, one);
        else
            parts->odd = true;
        at += n + (at[n] != '\0' ? 1 : 0);
    }
}

/* a:b or a*b */
static bool read_product(struct parts *parts, const char *term)
{
    size_t at = strcspn(term, "*:");
    char a[PART];
    char b[PART];
    char one[PART];

    if (term[at] == '\0' || parts->interact[0] != '\0')
        return false;
    trim(a, term, at);
    trim(b, term + at + 1, strlen(term + at + 1));
    if (!read_column(one, parts, a) || !is_name(b) ||
        (parts->x[0] != '\0' && strcmp(parts->x, one) != 0))
        return false;
    memcpy(parts->x, one, PART);
    memcpy(parts->interact, b, PART);
    return true;
}

static void read_term(struct parts *parts, const char *term, bool less)
{
    char one[PART];

    if (strcmp(term, "0") == 0 || (less && strcmp(term, "1") == 0)) {
        parts->no_intercept = true;
    } else if (less) {
        parts->odd = true;
    } else if (strcmp(term, "1") == 0 || strcmp(term, ".") == 0) {
        return;
    } else if (read_power(parts, term) || read_product(parts, term)) {
        return;
    } else if (!read_column(one, parts, term)) {
        parts->odd = true;
    } else if (parts->x[0] == '\0') {
        memcpy(parts->x, one, PART);
    } else if (strcmp(one, parts->interact) != 0) {
        join(parts->covariates, one);
    }
}

static void read_right(struct parts *parts, const char *text)
{
    bool less = false;

    while (*text != '\0') {
        size_t n = 0;
        char term[PART];
        text += strspn(text, " \t");
        less = *text == '-';
        text += *text == '-' || *text == '+' ? 1 : 0;
        n = span(text, "+-|");
        trim(term, text, n);
        if (term[0] != '\0')
            read_term(parts, term, less);
        text += n + (text[n] == '|' ? 1 : 0);
    }
}

static void add_part(char *out, size_t room, const char *option,
                     const char *part)
{
    if (part[0] != '\0')
        rs_formula_add(out, room, option, part);
}

void rs_formula_options(char *out, size_t room, const char *text)
{
    const char *tilde = strchr(text, '~');
    struct parts parts = {0};

    out[0] = '\0';
    read_left(&parts, text, (size_t)(tilde - text));
    read_right(&parts, tilde + 1);
    if (parts.odd || parts.y[0] == '\0' || strpbrk(text, "{}%'") != NULL) {
        (void)snprintf(out, room, "{y} Y {x} X {c} COVARIATES");
        return;
    }
    add_part(out, room, "{y}", parts.y);
    add_part(out, room, "{x}", parts.x);
    add_part(out, room, "{c}", parts.covariates);
    add_part(out, room, "{factor}", parts.factors);
    add_part(out, room, "{transform}", parts.transform);
    add_part(out, room, "{interact}", parts.interact);
    add_part(out, room, "{poly}", parts.poly);
    if (parts.no_intercept)
        (void)snprintf(out + strlen(out), room - strlen(out), "%s",
                       " {no-intercept}");
}

enum rs_status rs_formula_refuse(const char *text, struct rs_error *err)
{
    char options[RS_ERROR_TEXT / 2];
    char format[RS_ERROR_TEXT];

    rs_formula_options(options, sizeof options, text);
    (void)snprintf(format, sizeof format,
                   "'%%s' is a formula, which is written as options: %s",
                   options);
    return rs_error_set(err, RS_ERR_USAGE, format, text);
}
