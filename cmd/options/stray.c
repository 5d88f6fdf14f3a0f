/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stray.h"

#include "formula.h"
#include "near_file.h"
#include "option_words.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT = 400 };

/* A database, or what is not on this machine: is refused where it is opened. */
static bool is_url(const char *path)
{
    return strstr(path, "://") != NULL || strncmp(path, "postgres", 8) == 0;
}

static bool is_there(const char *path)
{
    struct stat st;

    return strcmp(path, "-") == 0 || is_url(path) || stat(path, &st) == 0 ||
           (errno != ENOENT && errno != ENOTDIR);
}

/* What a shell makes of a ~ by itself. */
static bool is_home(const char *word)
{
    const char *home = getenv("HOME");

    return home != NULL && strcmp(word, home) == 0;
}

static bool is_piece(const struct rs_operand *operand)
{
    return !is_there(operand->text) || is_home(operand->text);
}

/* All operands, and the one that is no file; those before it are. */
struct look {
    const struct rs_operand *all; /* [n] */
    size_t n;
    size_t at;
    unsigned command;
};

/* Whether the value of an option stands directly before it. */
static bool is_behind(const struct look *look)
{
    const struct rs_operand *it = &look->all[look->at];

    return it->after != NULL && it->after->arg != NULL &&
           (look->at == 0 || it[-1].value != it->value);
}

/* -c, or --model-set where there is no letter. */
static void put_option(char out[64], const struct rs_setting *setting)
{
    if (setting->letter != 0)
        (void)snprintf(out, 64, "-%c", setting->letter);
    else
        (void)snprintf(out, 64, "--%s", setting->name);
}

/* ---- formulas ---------------------------------------------------- */

static void add_piece(char text[TEXT], const char *piece)
{
    size_t used = strlen(text);

    (void)snprintf(text + used, TEXT - used, "%s%s", used > 0 ? " " : "",
                   is_home(piece) ? "~" : piece);
}

/* The pieces from the first one on, with the value of -y before them. */
static enum rs_status refuse_formula(const struct look *look,
                                     struct rs_error *err)
{
    const struct rs_operand *first = &look->all[look->at];
    char text[TEXT] = "";

    if (is_behind(look) && first->after->letter == 'y' &&
        (first->text[0] == '~' || is_home(first->text)))
        add_piece(text, first->value);
    for (size_t i = look->at; i < look->n && is_piece(&look->all[i]); i++)
        add_piece(text, look->all[i].text);
    if (!rs_formula_is(text))
        return RS_OK;
    return rs_formula_refuse(text, err);
}

/* ---- name=value, dashes ------------------------------------------ */

/* y=wellbeing, jobs=4 */
static enum rs_status refuse_equation(const char *word, unsigned command,
                                      struct rs_error *err)
{
    size_t len = strcspn(word, "=");
    char name[64];

    if (word[len] == '\0' || len == 0 || len >= sizeof name)
        return RS_OK;
    (void)snprintf(name, sizeof name, "%.*s", (int)len, word);
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        bool letter = len == 1 && setting->letter == name[0];
        char option[72];
        if ((setting->commands & command) == 0 || setting->arg == NULL ||
            (!letter && strcmp(setting->name, name) != 0))
            continue;
        (void)snprintf(option, sizeof option, "%s%s", letter ? "-" : "--",
                       name);
        return rs_error_set(err, RS_ERR_USAGE,
                            "'%s': no such file; an option is written %s %s",
                            word, option, word + len + 1);
    }
    return RS_OK;
}

/* En and em dashes, as word processors make them of hyphens. */
static enum rs_status refuse_dash(const char *word, struct rs_error *err)
{
    if (strncmp(word, "\xe2\x80\x93", 3) != 0 &&
        strncmp(word, "\xe2\x80\x94", 3) != 0)
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "'%s' begins with a dash that is no hyphen: write %s%s",
                        word, strlen(word + 3) == 1 ? "-" : "--", word + 3);
}

/* ---- lists ------------------------------------------------------- */

/* The value and the pieces behind it, with `between` where no comma is. */
static void put_value(char out[TEXT], const struct look *look, char between)
{
    const char *value = look->all[look->at].value;
    size_t used = (size_t)snprintf(out, TEXT, "%s", value);

    for (size_t i = look->at; i < look->n && used < TEXT; i++) {
        bool open = between == ',' && used > 0 && out[used - 1] == ',';
        if (look->all[i].value != value || !is_piece(&look->all[i]))
            break;
        if (!open)
            out[used++] = between;
        used +=
            (size_t)snprintf(out + used, TEXT - used, "%s", look->all[i].text);
    }
    if (used > 0 && used < TEXT && out[used - 1] == ',')
        out[used - 1] = '\0';
}

/* What the option takes: a list of words, or one text that may have blanks. */
static bool takes_list(const struct rs_setting *setting)
{
    return strcmp(setting->arg, "COLS") == 0 ||
           strcmp(setting->arg, "SET") == 0 ||
           strcmp(setting->arg, "METHODS") == 0 ||
           strcmp(setting->arg, "STRINGS") == 0 ||
           strcmp(setting->arg, "COL[,COL2]") == 0;
}

static bool takes_text(const struct rs_setting *setting)
{
    return setting->kind == RS_SETTING_LIST &&
           (strpbrk(setting->arg, ":(=") != NULL ||
            strcmp(setting->arg, "CONDITION") == 0);
}

/* A COL=LEVEL whose = is a blank. */
static bool lacks_equals(const struct rs_operand *operand)
{
    return strchr(operand->after->arg, '=') != NULL &&
           strchr(operand->value, '=') == NULL;
}

/* A condition of which the shell has taken a part: age >= 20. */
static bool lacks_comparison(const struct rs_setting *setting,
                             const char *value)
{
    return strcmp(setting->arg, "CONDITION") == 0 &&
           strpbrk(value, "=<>") == NULL && strstr(value, " is") == NULL;
}

/* status: RS_ERR_USAGE, or RS_ERR_OPEN of what is called as files are. */
static enum rs_status refuse_piece(const struct look *look,
                                   enum rs_status status, struct rs_error *err)
{
    const struct rs_operand *first = &look->all[look->at];
    bool behind = is_behind(look);
    char option[64];
    char value[TEXT];
    char whole[TEXT] = "";

    if (first->text[0] == '-')
        return rs_error_set(err, status,
                            "'%s': no such file; behind -- all words are FILEs",
                            first->text);
    if (!behind || (!takes_list(first->after) && !takes_text(first->after)))
        return rs_error_set(err, status,
                            "'%s': no such file; lists are joined by commas, "
                            "patterns quoted",
                            first->text);
    put_option(option, first->after);
    put_value(value, look,
              takes_list(first->after) ? ','
              : lacks_equals(first)    ? '='
                                       : ' ');
    rs_formula_add(whole, sizeof whole, option, value);
    if (lacks_comparison(first->after, value))
        return rs_error_set(err, status,
                            "'%s': no such file; %s is quoted, lest the shell "
                            "takes < and >: %s 'age >= 20'",
                            first->text, first->after->arg, option);
    if (lacks_equals(first))
        return rs_error_set(err, status, "'%s': no such file; %s is written %s",
                            first->text, first->after->arg, whole);
    return rs_error_set(err, status,
                        takes_list(first->after)
                            ? "'%s': no such file; lists are joined by commas, "
                              "patterns quoted: %s"
                            : "'%s': no such file; a value with blanks is "
                              "quoted: %s",
                        first->text, whole);
}

/* ---- files ------------------------------------------------------- */

static bool has_files(const struct look *look)
{
    for (size_t i = 0; i < look->n; i++)
        if (!is_piece(&look->all[i]))
            return true;
    return false;
}

static enum rs_status refuse_word(const struct look *look, struct rs_error *err)
{
    const char *word = look->all[look->at].text;
    bool named = strpbrk(word, "./") != NULL; /* as files are */
    bool alone = !has_files(look);
    char near[TEXT] = "";

    if (named || (alone && look->n == 1))
        rs_near_file(near, sizeof near, word);
    if (near[0] != '\0')
        return rs_error_set(err, RS_ERR_OPEN,
                            "'%s': no such file; did you mean '%s'?", word,
                            near);
    if (alone && (named || !is_behind(look)))
        return RS_OK;
    return refuse_piece(look, named ? RS_ERR_OPEN : RS_ERR_USAGE, err);
}

static enum rs_status refuse(const struct look *look, struct rs_error *err)
{
    const char *word = look->all[look->at].text;
    enum rs_status status = refuse_dash(word, err);

    if (status == RS_OK)
        status = refuse_formula(look, err);
    if (status == RS_OK)
        status = refuse_equation(word, look->command, err);
    return status == RS_OK && !is_home(word) ? refuse_word(look, err) : status;
}

enum rs_status rs_stray_check(const struct rs_operand *operands, size_t n,
                              unsigned command, struct rs_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct look look = {operands, n, i, command};
        if (is_piece(&operands[i]))
            return refuse(&look, err);
    }
    return RS_OK;
}

/* Bytes that all of the values begin with. */
static size_t common(const char *a, const char *b)
{
    size_t n = 0;

    while (a[n] != '\0' && a[n] == b[n])
        n++;
    return n;
}

enum rs_status rs_stray_pattern(const struct rs_operand *operands, size_t n,
                                struct rs_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct rs_operand *first = &operands[i];
        struct stat st;
        size_t len = 0;
        char option[64];
        if (first->after == NULL || first->after->kind != RS_SETTING_LIST ||
            strcmp(first->after->arg, "FILE") == 0 || first->value[0] == '@' ||
            strpbrk(first->value, "./") == NULL || stat(first->value, &st) != 0)
            continue;
        len = strlen(first->value);
        for (size_t k = i; k < n && operands[k].value == first->value; k++)
            if (common(first->value, operands[k].text) < len)
                len = common(first->value, operands[k].text);
        put_option(option, first->after);
        return rs_error_set(err, RS_ERR_USAGE,
                            "%s %s: '%s' is a file: the shell has made names "
                            "of files of a pattern; quote it, as in %s '%.*s*'",
                            option, first->value, first->value, option,
                            (int)len, first->value);
    }
    return RS_OK;
}
