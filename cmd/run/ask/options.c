/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options.h"

#include "mem.h"
#include "names.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPERAND = 1, LONG_BASE = 256 };

/* The table in the form that getopt_long wants. */
struct getopt_tables {
    struct option longs[RS_OPTIONS_MOST + 1];
    char shorts[3 * RS_OPTIONS_MOST]; /* a letter and a colon each */
    const char *names[RS_OPTIONS_MOST];
    size_t n_names;
};

static void build_tables(struct getopt_tables *out, unsigned command)
{
    size_t used = 0;
    size_t n = 0;

    memset(out, 0, sizeof *out);
    out->shorts[used++] = '-'; /* operands come in their order, as the value 1:
                                  POSIXLY_CORRECT has no say then */
    out->shorts[used++] = ':'; /* a missing argument is told apart */
    for (size_t i = 0; i < rs_option_count; i++) {
        const struct rs_option *option = &rs_option_table[i];
        if ((option->commands & command) == 0)
            continue;
        out->longs[n].name = option->name;
        out->longs[n].has_arg =
            option->arg != NULL ? required_argument : no_argument;
        out->longs[n].val = LONG_BASE + (int)i;
        out->names[n] = option->name;
        n++;
        if (option->letter != 0) {
            out->shorts[used++] = option->letter;
            if (option->arg != NULL)
                out->shorts[used++] = ':';
        }
    }
    out->n_names = n;
}

static const struct rs_option *by_letter(int letter, unsigned command)
{
    for (size_t i = 0; i < rs_option_count; i++)
        if (letter != 0 && rs_option_table[i].letter == letter &&
            (rs_option_table[i].commands & command) != 0)
            return &rs_option_table[i];
    return NULL;
}

/* Word number ix of "a|b|c" into a buffer of cap bytes; false past the
 * last. */
static bool choice_word(char *out, size_t cap, const char *choices, size_t ix)
{
    for (; ix > 0; ix--) {
        choices = strchr(choices, '|');
        if (choices == NULL)
            return false;
        choices++;
    }
    (void)snprintf(out, cap, "%.*s", (int)strcspn(choices, "|"), choices);
    return true;
}

/* ---- values ------------------------------------------------------ */

static enum rs_status bad_value(const struct rs_option *option,
                                const char *text, const char *wanted,
                                struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_USAGE, "--%s: '%s' is not %s", option->name,
                        text, wanted);
}

static enum rs_status store_count(uint64_t *out, const struct rs_option *option,
                                  const char *text, struct rs_error *err)
{
    char wanted[96];
    char *end = NULL;
    unsigned long long value = 0;

    (void)snprintf(wanted, sizeof wanted, "a whole number from %.0f to %.0f",
                   option->least, option->most);
    errno = 0;
    if (text[0] >= '0' && text[0] <= '9')
        value = strtoull(text, &end, 10);
    if (end == NULL || *end != '\0' || errno != 0 ||
        (double)value < option->least || (double)value > option->most)
        return bad_value(option, text, wanted, err);
    *out = value;
    return RS_OK;
}

static enum rs_status store_real(double *out, const struct rs_option *option,
                                 const char *text, struct rs_error *err)
{
    char wanted[96];
    char *end = NULL;
    double value = strtod(text, &end);

    (void)snprintf(wanted, sizeof wanted, "a number between %g and %g",
                   option->least, option->most);
    if (end == text || *end != '\0' || !(value > option->least) ||
        !(value < option->most))
        return bad_value(option, text, wanted, err);
    *out = value;
    return RS_OK;
}

static enum rs_status store_char(char *out, const struct rs_option *option,
                                 const char *text, struct rs_error *err)
{
    static const struct {
        const char *word;
        char value;
    } words[] = {
        {"tab", '\t'}, {"\\t", '\t'},  {"comma", ','}, {"semicolon", ';'},
        {"pipe", '|'}, {"space", ' '}, {"point", '.'},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(text, words[i].word) == 0) {
            *out = words[i].value;
            return RS_OK;
        }
    if (strlen(text) != 1 || text[0] == '"' || text[0] == '\n' ||
        text[0] == '\r')
        return bad_value(option, text, "a character that can separate", err);
    *out = text[0];
    return RS_OK;
}

static enum rs_status store_choice(int *out, const struct rs_option *option,
                                   const char *text, struct rs_error *err)
{
    char word[64];

    for (size_t i = 0; choice_word(word, sizeof word, option->choices, i); i++)
        if (strcmp(word, text) == 0) {
            *out = (int)i;
            return RS_OK;
        }
    return bad_value(option, text, option->choices, err);
}

static enum rs_status store(struct rs_options *options,
                            const struct rs_option *option, const char *arg,
                            struct rs_error *err)
{
    void *field = (char *)options + option->offset;
    struct rs_list *list = field;
    size_t ix = (size_t)(option - rs_option_table);

    options->given[ix / 64] |= UINT64_C(1) << ix % 64;
    switch (option->kind) {
    case RS_OPTION_FLAG:
        *(bool *)field = true;
        return RS_OK;
    case RS_OPTION_TEXT:
        *(const char **)field = arg;
        return RS_OK;
    case RS_OPTION_LIST:
        list->values[list->n++] = arg;
        return RS_OK;
    case RS_OPTION_CHAR:
        return store_char(field, option, arg, err);
    case RS_OPTION_CHOICE:
        return store_choice(field, option, arg, err);
    case RS_OPTION_COUNT:
        return store_count(field, option, arg, err);
    case RS_OPTION_REAL:
        return store_real(field, option, arg, err);
    }
    return rs_error_set(err, RS_ERR_INTERNAL, "--%s: unknown kind",
                        option->name);
}

/* ---- parsing ----------------------------------------------------- */

static enum rs_status unknown_option(const struct getopt_tables *tables,
                                     const char *word, struct rs_error *err)
{
    char name[128];
    size_t near = 0;

    if (word[0] != '-' || word[1] != '-')
        return rs_error_set(err, RS_ERR_USAGE, "unknown option '-%c'", optopt);
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="),
                   word + 2);
    near = rs_names_nearest(name, tables->names, tables->n_names);
    if (near < tables->n_names)
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown option '--%s'; did you mean '--%s'?", name,
                            tables->names[near]);
    return rs_error_set(err, RS_ERR_USAGE, "unknown option '--%s'", name);
}

/* getopt takes abbreviations; we do not, or a new option would change what
 * old scripts mean. */
static bool is_abbreviated(const char *word, const struct rs_option *option)
{
    return strncmp(word, "--", 2) == 0 &&
           strcspn(word + 2, "=") != strlen(option->name);
}

static enum rs_status parse_one(struct rs_options *options,
                                const struct getopt_tables *tables,
                                const struct rs_command *command, int found,
                                const char *word, struct rs_error *err)
{
    const struct rs_option *option = found >= LONG_BASE
                                         ? &rs_option_table[found - LONG_BASE]
                                         : by_letter(found, command->bit);

    if (found == ':' && optopt >= LONG_BASE)
        return rs_error_set(err, RS_ERR_USAGE, "--%s needs an argument",
                            rs_option_table[optopt - LONG_BASE].name);
    if (found == ':')
        return rs_error_set(err, RS_ERR_USAGE, "-%c needs an argument", optopt);
    if (found == '?' && optopt >= LONG_BASE)
        return rs_error_set(err, RS_ERR_USAGE, "--%s takes no argument",
                            rs_option_table[optopt - LONG_BASE].name);
    if (found == '?' || option == NULL)
        return unknown_option(tables, word, err);
    if (found >= LONG_BASE && is_abbreviated(word, option))
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown option '%.*s'; did you mean '--%s'?",
                            (int)strcspn(word, "="), word, option->name);
    return store(options, option, optarg, err);
}

bool rs_options_given(const struct rs_options *options, size_t offset)
{
    for (size_t i = 0; i < rs_option_count; i++)
        if (rs_option_table[i].offset == offset &&
            (options->given[i / 64] >> i % 64 & 1) != 0)
            return true;
    return false;
}

static enum rs_status check_together(const struct rs_options *options,
                                     struct rs_error *err)
{
    if (options->decimal != '.' && options->decimal != ',')
        return rs_error_set(err, RS_ERR_USAGE, "--decimal: '%c' is not . or ,",
                            options->decimal);
    if (options->delimiter == options->decimal && options->delimiter != '\0')
        return rs_error_set(err, RS_ERR_USAGE,
                            "--delimiter and --decimal are both '%c'",
                            options->decimal);
    if ((options->top > 0) + (options->top_per_y > 0) +
            (options->top_per_x > 0) >
        1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--top, --top-per-y and --top-per-x exclude each "
                            "other");
    if (options->quiet && options->verbose)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--quiet and --verbose exclude each other");
    if (options->quiet && options->timings)
        return rs_error_set(err, RS_ERR_USAGE,
                            "--quiet and --timings exclude each other");
    return RS_OK;
}

static enum rs_status allocate(struct rs_options *options, int argc,
                               struct rs_error *err)
{
    size_t room = (size_t)argc + 1;

    memset(options, 0, sizeof *options);
    options->conf_level = 0.95;
    options->decimal = '.';
    options->p_max = 1.0;
    options->q_max = 1.0;
    options->seed = 1;
    options->test_memory = 1024;
    options->model = "ols";
    options->se = "classical";
    options->files = rs_alloc(room, sizeof *options->files, err);
    for (size_t i = 0; i < rs_option_count; i++) {
        struct rs_list *list =
            (void *)((char *)options + rs_option_table[i].offset);
        if (rs_option_table[i].kind != RS_OPTION_LIST)
            continue;
        list->values = rs_alloc(room, sizeof *list->values, err);
        if (list->values == NULL)
            return RS_ERR_NOMEM;
    }
    return options->files == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* Takes the words one by one, up to --help or --version. */
static enum rs_status scan(struct rs_options *options,
                           const struct getopt_tables *tables,
                           const struct rs_command *command, int n,
                           char *const *words, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    optind = 0; /* a new scan */
    opterr = 0;
    while (status == RS_OK && !options->help && !options->version) {
        int at = optind == 0 ? 1 : optind;
        int found = getopt_long(n, words, tables->shorts, tables->longs, NULL);
        const char *word = NULL;
        if (found == -1)
            break;
        if (found == OPERAND) {
            options->files[options->n_files++] = optarg;
            continue;
        }
        word = words[optind - 1];
        if (optarg != NULL && word == optarg && optind - 2 >= at - 1)
            word = words[optind - 2];
        status = parse_one(options, tables, command, found, word, err);
    }
    return status;
}

enum rs_status rs_options_parse(struct rs_options *options,
                                const struct rs_command *command, int argc,
                                const char *const *argv, struct rs_error *err)
{
    struct getopt_tables tables;
    char **words = NULL;
    enum rs_status status = allocate(options, argc, err);

    if (status != RS_OK)
        goto done;
    build_tables(&tables, command->bit);
    words = rs_alloc((size_t)argc + 2, sizeof *words, err);
    if (words == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    words[0] = (char *)(uintptr_t)command->name;
    for (int i = 0; i < argc; i++)
        words[i + 1] = (char *)(uintptr_t)argv[i];
    status = scan(options, &tables, command, argc + 1, words, err);
    if (status != RS_OK || options->help || options->version)
        goto done;
    for (int i = optind; i < argc + 1; i++)
        options->files[options->n_files++] = words[i];
    status = check_together(options, err);
done:
    free(words);
    if (status != RS_OK)
        rs_options_clear(options);
    return status;
}

void rs_options_clear(struct rs_options *options)
{
    for (size_t i = 0; i < rs_option_count; i++) {
        struct rs_list *list =
            (void *)((char *)options + rs_option_table[i].offset);
        if (rs_option_table[i].kind != RS_OPTION_LIST)
            continue;
        free(list->values);
        list->values = NULL;
        list->n = 0;
    }
    free(options->files);
    options->files = NULL;
    options->n_files = 0;
}
