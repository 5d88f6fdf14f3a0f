/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parse.h"

#include "mem.h"
#include "option_words.h"
#include "rules.h"
#include "stray.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPERAND = 1, LONG_BASE = 256 };

/* The table in the form that getopt_long wants. */
struct getopt_tables {
    struct option longs[RS_N_SETTINGS + 1];
    char shorts[2 * RS_N_SETTINGS + 3]; /* a letter and a colon each */
};

static void build_tables(struct getopt_tables *out, unsigned command)
{
    size_t used = 0;
    size_t n = 0;

    memset(out, 0, sizeof *out);
    out->shorts[used++] = '-'; /* operands come in their order, as the value 1:
                                  POSIXLY_CORRECT has no say then */
    out->shorts[used++] = ':'; /* a missing argument is told apart */
    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        if ((setting->commands & command) == 0)
            continue;
        out->longs[n].name = setting->name;
        out->longs[n].has_arg =
            setting->arg != NULL ? required_argument : no_argument;
        out->longs[n].val = LONG_BASE + (int)i;
        n++;
        if (setting->letter != 0) {
            out->shorts[used++] = setting->letter;
            if (setting->arg != NULL)
                out->shorts[used++] = ':';
        }
    }
}

static const struct rs_setting *by_letter(int letter, unsigned command)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (letter != 0 && rs_setting_table[i].letter == letter &&
            (rs_setting_table[i].commands & command) != 0)
            return &rs_setting_table[i];
    return NULL;
}

/* getopt takes abbreviations; we do not, or a new option would change what
 * old scripts mean. */
static bool is_abbreviated(const char *word, const struct rs_setting *setting)
{
    return strncmp(word, "--", 2) == 0 &&
           strcspn(word + 2, "=") != strlen(setting->name);
}

/* A word of other tools, which may mean something else than the option that it
 * begins: PLINK's --covar is a file. */
static bool is_of_others(const char *word)
{
    char name[64];

    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="),
                   word + 2);
    return rs_option_words_find(name) != NULL;
}

/* The words that are files, with what stands before them. */
struct operands {
    struct rs_operand *words; /* [most] */
    size_t n;
};

static enum rs_status add_file(struct rs_settings *settings,
                               struct operands *operands, const char *word,
                               struct rs_error *err)
{
    struct rs_operand *words = operands->words + operands->n++;

    words[0].text = word;
    words[1] = words[0];
    return rs_settings_add_file(settings, word, err);
}

/* Notes an option for the words behind it; there is room for one more. */
static void note_option(struct operands *operands,
                        const struct rs_setting *setting, const char *value)
{
    operands->words[operands->n].after = setting;
    operands->words[operands->n].value = value;
}

/* -y=a: the value would be `=a`. -d=, one of a character, is meant. */
static bool is_equated(const char *word, const struct rs_setting *setting)
{
    return word[0] == '-' && word[1] == setting->letter && word[1] != '\0' &&
           setting->arg != NULL && word[2] == '=' && word[3] != '\0';
}

static const struct rs_setting *setting_of(int found,
                                           const struct rs_settings *settings)
{
    return found >= LONG_BASE ? &rs_setting_table[found - LONG_BASE]
                              : by_letter(found, settings->command);
}

static enum rs_status parse_one(struct rs_settings *settings,
                                struct operands *operands, int found,
                                const char *word, struct rs_error *err)
{
    const struct rs_setting *setting = setting_of(found, settings);

    if (found == ':' && optopt >= LONG_BASE)
        return rs_error_set(err, RS_ERR_USAGE, "--%s needs an argument",
                            rs_setting_table[optopt - LONG_BASE].name);
    if (found == ':')
        return rs_error_set(err, RS_ERR_USAGE, "-%c needs an argument", optopt);
    if (found == '?' && optopt >= LONG_BASE)
        return rs_error_set(err, RS_ERR_USAGE, "--%s takes no argument",
                            rs_setting_table[optopt - LONG_BASE].name);
    if (found == '?' || setting == NULL)
        return rs_option_unknown(word, (char)optopt, settings->command, err);
    if (found >= LONG_BASE && is_abbreviated(word, setting) &&
        is_of_others(word))
        return rs_option_unknown(word, '\0', settings->command, err);
    if (found >= LONG_BASE && is_abbreviated(word, setting))
        return rs_error_set(err, RS_ERR_USAGE,
                            "unknown option '%.*s'; did you mean '--%s'?",
                            (int)strcspn(word, "="), word, setting->name);
    if (found < LONG_BASE && is_equated(word, setting))
        return rs_error_set(err, RS_ERR_USAGE, "'%s': write -%c %s", word,
                            setting->letter, word + 3);
    note_option(operands, setting, optarg);
    return rs_settings_set_row(settings, setting, optarg, err);
}

static bool is_question(const struct rs_settings *settings)
{
    return settings->informing.help || settings->informing.version;
}

/* Takes the words one by one, up to --help or --version. */
static enum rs_status scan(struct rs_settings *settings,
                           struct operands *operands,
                           const struct getopt_tables *tables, int n,
                           char *const *words, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    optind = 0; /* a new scan */
    opterr = 0;
    while (status == RS_OK && !is_question(settings)) {
        int at = optind == 0 ? 1 : optind;
        int found = getopt_long(n, words, tables->shorts, tables->longs, NULL);
        const char *word = NULL;
        if (found == -1)
            break;
        if (found == OPERAND) {
            status = add_file(settings, operands, optarg, err);
            continue;
        }
        word = words[optind - 1];
        if (optarg != NULL && word == optarg && optind - 2 >= at - 1)
            word = words[optind - 2];
        status = parse_one(settings, operands, found, word, err);
    }
    if (is_question(settings))
        return status;
    for (int i = optind; i < n && status == RS_OK; i++)
        status = add_file(settings, operands, words[i], err);
    return status;
}

/* What is to be said of all words together. */
static enum rs_status check(struct rs_settings *settings,
                            const struct operands *operands,
                            struct rs_error *err)
{
    enum rs_status status =
        rs_stray_check(operands->words, operands->n, settings->command, err);

    if (status == RS_OK && !RS_GIVEN(settings, reading.key))
        status = rs_stray_pattern(operands->words, operands->n, err);
    if (status == RS_OK)
        status = rs_settings_add_transposed(settings, err);
    return status == RS_OK ? rs_rules_check_settings(settings, err) : status;
}

enum rs_status rs_parse(struct rs_settings *settings,
                        const struct rs_command *command, int argc,
                        const char *const *argv, struct rs_error *err)
{
    struct getopt_tables tables;
    struct operands operands = {NULL, 0};
    char **words = NULL;
    enum rs_status status = rs_settings_init(settings, command->bit, err);

    if (status != RS_OK)
        return status;
    build_tables(&tables, command->bit);
    words = rs_alloc((size_t)argc + 2, sizeof *words, err);
    operands.words = rs_alloc((size_t)argc + 2, sizeof *operands.words, err);
    status = words == NULL || operands.words == NULL ? RS_ERR_NOMEM : RS_OK;
    if (status != RS_OK)
        goto done;
    words[0] = (char *)(uintptr_t)command->name;
    for (int i = 0; i < argc; i++)
        words[i + 1] = (char *)(uintptr_t)argv[i];
    status = scan(settings, &operands, &tables, argc + 1, words, err);
    if (status == RS_OK && !is_question(settings))
        status = check(settings, &operands, err);
done:
    free(words);
    free(operands.words);
    return status;
}
