/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "where_ask.h"

#include "mem.h"
#include "numtext.h"

#include <stdlib.h>
#include <string.h>

/* Parentheses and nots in each other: more are a mistake, and recursion. */
enum { MOST_NESTED = 200 };

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* a name, or one of the language's words */
    TOKEN_QUOTED, /* a name in quotes */
    TOKEN_TEXT,   /* 'a text' */
    TOKEN_NUMBER,
    TOKEN_MARK, /* an operator or a parenthesis */
    TOKEN_WRONG /* none of these */
};

/* A piece of a condition; text [len] as it is written, with its quotes. */
struct token {
    enum token_kind kind;
    const char *text;
    size_t len;
};

struct reader {
    struct rs_where *out;
    const char *whole; /* the condition */
    const char *at;    /* behind the token */
    struct token token;
    int depth;
    struct rs_error *err;
};

/* ---- pieces ------------------------------------------------------ */

static bool begins_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many bytes a number takes, by its looks. */
static size_t number_length(const char *text)
{
    size_t n = text[0] == '-' || text[0] == '+' ? 1 : 0;

    while (is_digit(text[n]) || text[n] == '.' || begins_name(text[n]) ||
           ((text[n] == '-' || text[n] == '+') && n > 0 &&
            (text[n - 1] == 'e' || text[n - 1] == 'E')))
        n++;
    return n;
}

/* How many bytes a quoted piece takes, a quote in it doubled; 0: it does not
 * end. */
static size_t quoted_length(const char *text)
{
    size_t n = 1;

    for (; text[n] != '\0'; n++) {
        if (text[n] != text[0])
            continue;
        if (text[n + 1] != text[0])
            return n + 1;
        n++;
    }
    return 0;
}

static size_t mark_length(const char *text)
{
    static const char *const marks[] = {"==", "!=", "<=", ">=", "=",
                                        "<",  ">",  "(",  ")"};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(text, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

static size_t word_length(const char *text)
{
    size_t len = 0;

    while (begins_name(text[len]) || is_digit(text[len]) || text[len] == '.')
        len++;
    return len;
}

/* What a token is, by its first byte. */
static enum token_kind kind_of(char first)
{
    if (first == '\0')
        return TOKEN_END;
    if (first == '\'')
        return TOKEN_TEXT;
    if (first == '`' || first == '"')
        return TOKEN_QUOTED;
    if (begins_name(first))
        return TOKEN_WORD;
    return is_digit(first) || strchr(".-+", first) != NULL ? TOKEN_NUMBER
                                                           : TOKEN_MARK;
}

/* Goes on to the next token. */
static void next(struct reader *r)
{
    static size_t (*const lengths[])(const char *) = {
        [TOKEN_TEXT] = quoted_length, [TOKEN_QUOTED] = quoted_length,
        [TOKEN_WORD] = word_length,   [TOKEN_NUMBER] = number_length,
        [TOKEN_MARK] = mark_length,
    };
    const char *at = r->at + strspn(r->at, " \t\r\n");
    enum token_kind kind = kind_of(*at);
    size_t len = kind == TOKEN_END ? 0 : lengths[kind](at);

    if (kind != TOKEN_END && len == 0) {
        kind = TOKEN_WRONG;
        len = strlen(at);
    }
    r->token = (struct token){kind, at, len};
    r->at = at + len;
}

static bool is(const struct reader *r, enum token_kind kind, const char *text)
{
    return r->token.kind == kind && r->token.len == strlen(text) &&
           memcmp(r->token.text, text, r->token.len) == 0;
}

/* Passes a word or mark, if it is the token. */
static bool pass(struct reader *r, enum token_kind kind, const char *text)
{
    bool there = is(r, kind, text);

    if (there)
        next(r);
    return there;
}

static enum rs_status expected(const struct reader *r, const char *what)
{
    static const size_t most = 60; /* bytes of what stands there */
    size_t place = (size_t)(r->token.text - r->whole) + 1;
    size_t len = r->token.len;

    if (r->token.kind == TOKEN_END)
        return rs_error_set(r->err, RS_ERR_USAGE,
                            "{where}: expected %s at the end of \"%s\"", what,
                            r->whole);
    return rs_error_set(r->err, RS_ERR_USAGE,
                        "{where}: expected %s, not %.*s, at character %zu of "
                        "\"%s\"",
                        what, (int)(len < most ? len : most), r->token.text,
                        place, r->whole);
}

/* The inside of a quoted token, its doubled quotes single. */
static char *unquoted(const struct reader *r)
{
    const struct token *token = &r->token;
    char *text = rs_alloc(token->len, 1, r->err);
    size_t used = 0;

    for (size_t i = 1; text != NULL && i + 1 < token->len; i++) {
        text[used++] = token->text[i];
        i += token->text[i] == token->text[0] ? 1 : 0;
    }
    return text;
}

/* ---- parts ------------------------------------------------------- */

static enum rs_status add_part(struct reader *r,
                               const struct rs_condition_part *part)
{
    struct rs_where *out = r->out;
    struct rs_condition_part *parts =
        rs_grow(out->parts, out->n, sizeof *parts, r->err);

    if (parts == NULL)
        return RS_ERR_NOMEM;
    out->parts = parts;
    parts[out->n++] = *part;
    return RS_OK;
}

static enum rs_status add_joint(struct reader *r, enum rs_condition_kind kind)
{
    const struct rs_condition_part part = {.kind = kind};

    return add_part(r, &part);
}

/* Keeps a text, which is freed if there is no memory for it. */
static enum rs_status keep(char ***texts, size_t *n, char *text,
                           struct rs_error *err)
{
    char **more =
        text == NULL ? NULL : rs_grow(*texts, *n, sizeof(char *), err);

    if (more == NULL) {
        free(text);
        return RS_ERR_NOMEM;
    }
    *texts = more;
    more[(*n)++] = text;
    return RS_OK;
}

/* The token as the name of a column, an index into the names. */
static enum rs_status read_name(struct reader *r, size_t *column)
{
    struct rs_where *out = r->out;
    char *name = r->token.kind == TOKEN_QUOTED
                     ? unquoted(r)
                     : rs_text_copy(r->token.text, r->token.len, r->err);
    size_t i = 0;

    if (name == NULL)
        return RS_ERR_NOMEM;
    next(r);
    while (i < out->n_names && strcmp(out->names[i], name) != 0)
        i++;
    *column = i;
    if (i == out->n_names)
        return keep(&out->names, &out->n_names, name, r->err);
    free(name);
    return RS_OK;
}

static bool read_relation(struct reader *r, enum rs_relation *relation)
{
    static const struct {
        const char *mark;
        enum rs_relation relation;
    } relations[] = {
        {"=", RS_RELATION_EQ},  {"==", RS_RELATION_EQ}, {"!=", RS_RELATION_NE},
        {"<", RS_RELATION_LT},  {"<=", RS_RELATION_LE}, {">", RS_RELATION_GT},
        {">=", RS_RELATION_GE},
    };

    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
        if (pass(r, TOKEN_MARK, relations[i].mark)) {
            *relation = relations[i].relation;
            return true;
        }
    return false;
}

static enum rs_status read_constant(struct reader *r,
                                    struct rs_condition_part *part)
{
    bool quoted = r->token.kind == TOKEN_TEXT ||
                  (r->token.kind == TOKEN_QUOTED && r->token.text[0] == '"');
    enum rs_status status = RS_OK;

    if (quoted) {
        part->kind = RS_CONDITION_TEXT;
        status = keep(&r->out->texts, &r->out->n_texts, unquoted(r), r->err);
        if (status == RS_OK)
            part->text = r->out->texts[r->out->n_texts - 1];
    } else if (r->token.kind == TOKEN_NUMBER) {
        part->kind = RS_CONDITION_NUMBER;
        if (rs_number_read(&part->number, r->token.text, r->token.len, '.') >=
            RS_NUMBER_NAN)
            return expected(r, "a number");
    } else {
        return expected(r, "a number, or a text in quotes");
    }
    next(r);
    return status;
}

static enum rs_status read_missing(struct reader *r,
                                   struct rs_condition_part *part)
{
    bool negated = pass(r, TOKEN_WORD, "not");
    enum rs_status status = RS_OK;

    if (!pass(r, TOKEN_WORD, "missing"))
        return expected(r,
                        negated ? "'missing'" : "'missing' or 'not missing'");
    part->kind = RS_CONDITION_MISSING;
    status = add_part(r, part);
    return status == RS_OK && negated ? add_joint(r, RS_CONDITION_NOT) : status;
}

static enum rs_status read_test(struct reader *r)
{
    struct rs_condition_part part = {0};
    enum rs_status status = read_name(r, &part.column);

    if (status != RS_OK)
        return status;
    if (pass(r, TOKEN_WORD, "is"))
        return read_missing(r, &part);
    if (!read_relation(r, &part.relation))
        return expected(r, r->token.kind == TOKEN_END
                               ? "a comparison (the shell leaves < and > alone "
                                 "between quotes only)"
                               : "a comparison, or 'is missing'");
    status = read_constant(r, &part);
    return status == RS_OK ? add_part(r, &part) : status;
}

static bool is_reserved(const struct reader *r)
{
    static const char *const words[] = {"and", "or", "not", "is", "missing"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is(r, TOKEN_WORD, words[i]))
            return true;
    return false;
}

static enum rs_status read_any(struct reader *r);

static enum rs_status read_one(struct reader *r)
{
    enum rs_status status = RS_OK;

    if (++r->depth > MOST_NESTED)
        return expected(r, "fewer parentheses");
    if (pass(r, TOKEN_WORD, "not")) {
        status = read_one(r);
        if (status == RS_OK)
            status = add_joint(r, RS_CONDITION_NOT);
    } else if (pass(r, TOKEN_MARK, "(")) {
        status = read_any(r);
        if (status == RS_OK && !pass(r, TOKEN_MARK, ")"))
            status = expected(r, "'and', 'or' or ')'");
    } else if ((r->token.kind == TOKEN_WORD && !is_reserved(r)) ||
               r->token.kind == TOKEN_QUOTED) {
        status = read_test(r);
    } else {
        status = expected(r, "the name of a column");
    }
    r->depth--;
    return status;
}

static enum rs_status read_all(struct reader *r)
{
    enum rs_status status = read_one(r);

    while (status == RS_OK && pass(r, TOKEN_WORD, "and")) {
        status = read_one(r);
        if (status == RS_OK)
            status = add_joint(r, RS_CONDITION_AND);
    }
    return status;
}

static enum rs_status read_any(struct reader *r)
{
    enum rs_status status = read_all(r);

    while (status == RS_OK && pass(r, TOKEN_WORD, "or")) {
        status = read_all(r);
        if (status == RS_OK)
            status = add_joint(r, RS_CONDITION_OR);
    }
    return status;
}

static enum rs_status read_condition(struct rs_where *out, const char *text,
                                     struct rs_error *err)
{
    struct reader r = {.out = out, .whole = text, .at = text, .err = err};
    enum rs_status status = RS_OK;

    next(&r);
    status = read_any(&r);
    if (status == RS_OK && r.token.kind != TOKEN_END)
        status = expected(&r, "'and', 'or' or the end");
    return status;
}

enum rs_status rs_where_read(struct rs_where *out,
                             const struct rs_list *conditions,
                             struct rs_error *err)
{
    const struct rs_condition_part both = {.kind = RS_CONDITION_AND};
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < conditions->n && status == RS_OK; i++) {
        struct reader r = {.out = out, .err = err};
        status = read_condition(out, conditions->values[i], err);
        if (status == RS_OK && i > 0)
            status = add_part(&r, &both);
    }
    return status;
}

void rs_where_clear(struct rs_where *where)
{
    for (size_t i = 0; i < where->n_names; i++)
        free(where->names[i]);
    for (size_t i = 0; i < where->n_texts; i++)
        free(where->texts[i]);
    free(where->parts);
    free(where->names);
    free(where->texts);
    memset(where, 0, sizeof *where);
}
