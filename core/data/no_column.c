/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "no_column.h"

#include "name_index.h"
#include "utf8.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_BYTES = 100, NAME_BYTES = 40, FOLDED = 256 };

#define JOINTS "+;| \t" /* what people put between names, besides commas */

/* ---- the header, shown ------------------------------------------- */

/* A name in quotes, cut where it is long. */
static size_t put_name(char *out, size_t room, const char *name)
{
    size_t len = strlen(name);
    bool cut = len > NAME_BYTES;
    int used = 0;

    if (cut)
        len = rs_utf8_whole(name, NAME_BYTES);
    used = snprintf(out, room, "'%.*s%s'", (int)len, name, cut ? "..." : "");
    return used > 0 ? (size_t)used : 0;
}

void rs_names_list(char *out, size_t room, const char *const *names, size_t n)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        char name[NAME_BYTES + 8];
        size_t len = put_name(name, sizeof name, names[i]);
        if (i > 0 && used + len + 2 > LIST_BYTES)
            name[0] = '\0';
        if (used + len + 8 > room)
            return;
        used +=
            (size_t)snprintf(out + used, room - used, "%s%s", i > 0 ? ", " : "",
                             name[0] == '\0' ? "..." : name);
        if (name[0] == '\0')
            return;
    }
}

/* ---- which column is meant --------------------------------------- */

/* Text without case and the blanks about it. */
static void fold(char out[FOLDED], const char *text)
{
    size_t len = 0;

    while (*text == ' ' || *text == '\t')
        text++;
    for (; text[len] != '\0' && len + 1 < FOLDED; len++)
        out[len] = (char)tolower((unsigned char)text[len]);
    while (len > 0 && (out[len - 1] == ' ' || out[len - 1] == '\t'))
        len--;
    out[len] = '\0';
}

static bool is_pattern(const char *text)
{
    return strpbrk(text, "*?[") != NULL;
}

/* The first name that differs in case and blanks alone; n: none. */
static size_t find_folded(const char *text, const char *const *names, size_t n)
{
    char wanted[FOLDED];
    char name[FOLDED];

    fold(wanted, text);
    for (size_t i = 0; i < n; i++) {
        fold(name, names[i]);
        if (is_pattern(wanted) ? fnmatch(wanted, name, 0) == 0
                               : strcmp(wanted, name) == 0)
            return i;
    }
    return n;
}

/* Whether a text is several of the names, joined otherwise than by commas:
 * 'age+sex'. joined: the text with commas. */
static bool are_names(char joined[FOLDED], const char *text,
                      const char *const *names, size_t n)
{
    char name[FOLDED];
    size_t used = 0;
    size_t n_parts = 0;

    for (text += strspn(text, JOINTS); *text != '\0'; n_parts++) {
        size_t len = strcspn(text, JOINTS);
        if (len >= sizeof name || used + len + 2 > FOLDED)
            return false;
        (void)snprintf(name, sizeof name, "%.*s", (int)len, text);
        if (find_folded(name, names, n) == n)
            return false;
        used += (size_t)snprintf(joined + used, FOLDED - used, "%s%s",
                                 used > 0 ? "," : "", name);
        text += len;
        text += strspn(text, JOINTS);
    }
    return n_parts > 1;
}

/* A name within what R's formulas do with it: log(bmi), factor(sex). RS_OK:
 * it is not. */
static enum rs_status refuse_call(const char *setting, const char *text,
                                  const char *const *names, size_t n,
                                  struct rs_error *err)
{
    size_t len = strcspn(text, "(");
    size_t end = strlen(text);
    char name[FOLDED];
    size_t meant = n;
    bool factor = strncmp(text, "factor(", 7) == 0 ||
                  strncmp(text, "as.factor(", 10) == 0 ||
                  strncmp(text, "C(", 2) == 0;

    if (len == 0 || len + 3 > end || text[end - 1] != ')' ||
        strcmp(setting, "transform") == 0)
        return RS_OK;
    (void)snprintf(name, sizeof name, "%.*s", (int)(end - len - 2),
                   text + len + 1);
    meant = is_pattern(name) ? n : find_folded(name, names, n);
    if (meant == n)
        return RS_OK;
    if (factor)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: no column '%s'; it is written {%s} '%s' "
                            "{factor} '%s'",
                            setting, text, setting, names[meant], names[meant]);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{%s}: no column '%s'; it is written {%s} '%s' "
                        "{transform} '%.*s(%s)'",
                        setting, text, setting, names[meant], (int)len, text,
                        names[meant]);
}

/* ---- a header that is none --------------------------------------- */

static bool are_numbers(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *end = NULL;
        (void)strtod(names[i], &end);
        if (end == names[i] || *end != '\0' ||
            isalpha((unsigned char)names[i][0]))
            return false;
    }
    return n > 0;
}

/* V1, V2, ...: what columns without a header are called. */
static bool are_counted(const char *const *names, size_t n)
{
    char name[32];

    for (size_t i = 0; i < n; i++) {
        (void)snprintf(name, sizeof name, "V%zu", i + 1);
        if (strcmp(names[i], name) != 0)
            return false;
    }
    return n > 0;
}

/* What is wrong with a header; RS_OK: nothing. */
static enum rs_status suspect(const char *setting, const char *text,
                              const char *const *names, size_t n,
                              struct rs_error *err)
{
    char list[2 * LIST_BYTES];

    rs_names_list(list, sizeof list, names, n);
    if (are_numbers(names, n))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: no column '%s'; the header is numbers, %s: "
                            "with {no-header} columns are V1, V2, ...",
                            setting, text, list);
    if (are_counted(names, n))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: no column '%s'; there are V1 to V%zu: names "
                            "are read without {no-header}",
                            setting, text, n);
    return RS_OK;
}

enum rs_status rs_no_column(const char *setting, const char *text,
                            const char *const *names, size_t n,
                            struct rs_error *err)
{
    const char *what = is_pattern(text) ? "no column matches" : "no column";
    size_t meant = find_folded(text, names, n);
    char list[2 * LIST_BYTES];
    char joined[FOLDED];
    enum rs_status status = RS_OK;

    if (meant < n)
        return rs_error_set(err, RS_ERR_USAGE, "{%s}: %s '%s'; there is '%s'",
                            setting, what, text, names[meant]);
    status = suspect(setting, text, names, n, err);
    if (status != RS_OK)
        return status;
    status = refuse_call(setting, text, names, n, err);
    if (status != RS_OK)
        return status;
    if (are_names(joined, text, names, n))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: %s '%s'; names are joined by commas: '%s'",
                            setting, what, text, joined);
    meant = is_pattern(text) ? n : rs_names_nearest(text, names, n);
    if (meant < n)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: %s '%s'; did you mean '%s'?", setting, what,
                            text, names[meant]);
    rs_names_list(list, sizeof list, names, n);
    if (n == 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: %s '%s'; the only column is %s", setting,
                            what, text, list);
    return rs_error_set(err, RS_ERR_USAGE, "{%s}: %s '%s'; there are %zu: %s",
                        setting, what, text, n, list);
}
