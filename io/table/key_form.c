/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key_form.h"

#include "level.h"
#include "mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sign, "e" and an exponent of 16 digits with its sign, and NUL. */
enum { MOST_MORE = 24 };

static size_t n_digits(const char *at)
{
    return strspn(at, "0123456789");
}

/* Whether a text is [+-]digits[.digits][e[+-]digits]; no word is a number. */
static bool is_number(const char *text, char decimal)
{
    const char *at = text + (*text == '-' || *text == '+' ? 1 : 0);
    size_t n = n_digits(at);

    at += n;
    if (*at == decimal) {
        size_t behind = n_digits(at + 1);
        n += behind;
        at += behind + 1;
    }
    if (n == 0)
        return false;
    if (*at == 'e' || *at == 'E') {
        at += at[1] == '-' || at[1] == '+' ? 2 : 1;
        n = n_digits(at);
        if (n == 0)
            return false;
        at += n;
    }
    return *at == '\0';
}

/* The decimal of a number, at most MOST_MORE bytes longer than its text;
 * returns the end, behind the NUL. */
static char *put_number(char *out, const char *text, char decimal)
{
    struct rs_level level;

    (void)rs_level_read(&level, text, strlen(text), RS_LEVEL_NUMBER, decimal);
    if (level.rank < 0)
        *out++ = '-';
    if (level.n_digits == 0)
        *out++ = '0';
    for (size_t i = 0; i < level.n_digits; i++)
        if (level.digits[i] != decimal)
            *out++ = level.digits[i];
    out += snprintf(out, MOST_MORE, "e%" PRId64, level.magnitude);
    return out + 1;
}

static enum rs_status number_forms(struct rs_key_forms *out,
                                   const char *const *keys, size_t n,
                                   char decimal, struct rs_error *err)
{
    size_t size = 0;
    char *at = NULL;

    for (size_t i = 0; i < n; i++)
        if (is_number(keys[i], decimal))
            size += strlen(keys[i]) + MOST_MORE;
    out->room = rs_alloc(size, 1, err);
    if (out->room == NULL)
        return RS_ERR_NOMEM;
    at = out->room;
    for (size_t i = 0; i < n; i++) {
        out->texts[i] = keys[i];
        if (!is_number(keys[i], decimal))
            continue;
        out->texts[i] = at;
        at = put_number(at, keys[i], decimal);
    }
    return RS_OK;
}

static const char *iid_of(const char *name)
{
    size_t len = strlen(name);
    size_t half = len / 2;
    const char *behind = strchr(name, '_');

    if (len % 2 == 1 && name[half] == '_' &&
        memcmp(name, name + half + 1, half) == 0)
        return name + half + 1;
    return behind != NULL ? behind + 1 : name;
}

enum rs_status rs_key_forms_init(struct rs_key_forms *out,
                                 const char *const *keys, size_t n,
                                 bool are_samples, struct rs_key_as as,
                                 struct rs_error *err)
{
    *out = (struct rs_key_forms){0};
    if (as.rule == RS_KEY_TEXT || (as.rule == RS_KEY_IID && !are_samples))
        return RS_OK;
    out->texts = rs_alloc(n, sizeof *out->texts, err);
    if (out->texts == NULL)
        return RS_ERR_NOMEM;
    if (as.rule == RS_KEY_NUMBER)
        return number_forms(out, keys, n, as.decimal, err);
    for (size_t i = 0; i < n; i++)
        out->texts[i] = iid_of(keys[i]);
    return RS_OK;
}

void rs_key_forms_clear(struct rs_key_forms *forms)
{
    free(forms->texts);
    free(forms->room);
    *forms = (struct rs_key_forms){0};
}
