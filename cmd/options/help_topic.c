/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help_topic.h"

#include "fields.h"
#include "help.h"
#include "name_index.h"
#include "option_words.h"
#include "rules.h"
#include "value_ask.h"
#include "wrapped.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { INDENT = 4, VALUES_MOST = 20 };

/* ---- one option -------------------------------------------------- */

static void print_values(const struct rs_setting *setting)
{
    struct rs_value_names values;
    char text[sizeof values.text + 16];

    rs_value_names_of(&values, setting);
    if (values.n == 0 || values.n > VALUES_MOST)
        return;
    (void)snprintf(text, sizeof text, "%s: %s.", setting->arg, values.text);
    rs_wrapped_print(text, INDENT, 0);
}

static void print_commands(const struct rs_setting *setting)
{
    bool first = true;

    (void)printf("%*sOf", INDENT, "");
    for (unsigned bit = 1; bit <= setting->commands; bit *= 2)
        if ((setting->commands & bit) != 0) {
            (void)printf("%s regsweep %s", first ? "" : ",",
                         rs_command_bit_name(bit));
            first = false;
        }
    (void)puts(".");
}

/* What the man page says of an option. */
static void print_option(const struct rs_setting *setting)
{
    char text[1024];

    if (setting->letter != 0)
        (void)printf("-%c, ", setting->letter);
    (void)printf("--%s%s%s\n", setting->name, setting->arg != NULL ? " " : "",
                 setting->arg != NULL ? setting->arg : "");
    (void)snprintf(text, sizeof text, "%s.", setting->help);
    rs_wrapped_print(text, INDENT, 0);
    if (setting->man != NULL)
        rs_wrapped_print(setting->man, INDENT, 0);
    print_values(setting);
    print_commands(setting);
    if (setting->arg != NULL && strstr(setting->arg, "COLS") != NULL) {
        (void)putchar('\n');
        rs_help_lists();
    }
}

/* The options of this name, or letter; how many there are. */
static size_t print_options(const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        bool same = name[1] == '\0' ? setting->letter == name[0]
                                    : strcmp(setting->name, name) == 0;
        if (!same)
            continue;
        if (n++ > 0)
            (void)putchar('\n');
        print_option(setting);
    }
    return n;
}

/* ---- sections, columns ------------------------------------------- */

/* Whether a setting's section has a heading that begins with a word. */
static bool is_of(const struct rs_setting *setting, const char *word)
{
    size_t len = strlen(word);

    return strncasecmp(setting->section, word, len) == 0 &&
           (setting->section[len] == '\0' || setting->section[len] == ' ');
}

static bool has_section(const char *word)
{
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        if (is_of(&rs_setting_table[i], word))
            return true;
    return false;
}

/* The options of such a section; how many. */
static size_t print_section(const char *word)
{
    size_t n = 0;

    for (size_t i = 0; i < RS_N_SETTINGS; i++) {
        const struct rs_setting *setting = &rs_setting_table[i];
        if (!is_of(setting, word))
            continue;
        if (n++ == 0)
            (void)printf("%s:\n", setting->section);
        rs_help_option(setting);
    }
    return n;
}

/* A text of field_rows.h without its marks, into a buffer of cap bytes. */
static void unmark(char *out, size_t cap, const char *man)
{
    size_t used = 0;

    for (; *man != '\0' && used + 3 < cap; man++) {
        if (*man == '[' && man[1] >= 'a' && man[1] <= 'z') {
            out[used++] = '-';
            out[used++] = '-';
        } else if (strchr("{}]*", *man) == NULL) {
            out[used++] = *man;
        }
    }
    out[used] = '\0';
}

/* Columns without a text have that of the next one. */
static void print_field(int field)
{
    int with = field;
    char text[1024];

    while (rs_fields[with].man == NULL && with + 1 < RS_FIELD_COUNT)
        with++;
    unmark(text, sizeof text,
           rs_fields[with].man == NULL ? "" : rs_fields[with].man);
    rs_wrapped_print(text, 16, (size_t)printf("  %s", rs_fields[field].name));
}

static bool print_field_called(const char *name)
{
    for (int i = 0; i < RS_FIELD_COUNT; i++)
        if (strcmp(rs_fields[i].name, name) == 0) {
            (void)puts("Result column:");
            print_field(i);
            return true;
        }
    return false;
}

static void print_fields(void)
{
    (void)puts("Result columns:");
    for (int i = 0; i < RS_FIELD_COUNT; i++)
        print_field(i);
}

/* ---- topics ------------------------------------------------------ */

static const struct topic {
    const char *name;
    const char *words; /* other names, separated by | */
    void (*print)(void);
} topics[] = {
    {"exit-status", "exit|exit-code|exit-codes|return-code|status-codes",
     rs_help_exit},
    {"lists", "cols|list|patterns|globs|glob|names|selecting-columns|ranges",
     rs_help_lists},
    {"result-columns", "fields|results|output-columns|header", print_fields},
};
enum { N_TOPICS = sizeof topics / sizeof topics[0] };

const char *rs_help_topic_name(size_t i)
{
    return i < N_TOPICS ? topics[i].name : NULL;
}

static const struct topic *find_topic(const char *word)
{
    for (size_t i = 0; i < N_TOPICS; i++)
        if (strcmp(topics[i].name, word) == 0 ||
            rs_value_is_among(topics[i].words, word))
            return &topics[i];
    return NULL;
}

static enum rs_status no_topic(const char *topic,
                               const struct rs_command *commands, size_t n,
                               struct rs_error *err)
{
    const char *names[RS_N_SETTINGS + 32];
    size_t n_names = 0;
    size_t near = 0;

    for (size_t i = 0; i < n && n_names < 16; i++)
        names[n_names++] = commands[i].name;
    for (size_t i = 0; i < N_TOPICS; i++)
        names[n_names++] = topics[i].name;
    for (size_t i = 0; i < RS_N_SETTINGS; i++)
        names[n_names++] = rs_setting_table[i].name;
    near = rs_names_nearest(topic, names, n_names);
    if (near < n_names)
        return rs_error_set(err, RS_ERR_USAGE,
                            "no help on '%s'; did you mean '%s'?", topic,
                            names[near]);
    return rs_error_set(err, RS_ERR_USAGE,
                        "no help on '%s': topics are commands, options, "
                        "sections of options, exit-status, lists, "
                        "result-columns",
                        topic);
}

/* An option, as bare as it may be, with the section that is called so. */
static bool print_word(const char *word, bool bare)
{
    const struct topic *topic = bare ? find_topic(word) : NULL;
    size_t n = 0;

    if (topic != NULL) {
        topic->print();
        return true;
    }
    n = print_options(word);
    if (bare && strcmp(word, "columns") == 0) {
        (void)putchar('\n');
        print_fields();
        return true;
    }
    if (n == 0 && print_field_called(word))
        return true;
    if (n > 0 && bare && has_section(word))
        (void)putchar('\n');
    return (bare ? print_section(word) : 0) + n > 0;
}

/* What other tools call so. */
static bool print_foreign(const char *word)
{
    const struct rs_option_words *words = rs_option_words_find(word);

    if (words == NULL)
        return false;
    if (words->setting != NULL)
        return print_options(words->setting) > 0;
    (void)puts(words->text);
    return true;
}

enum rs_status rs_help_topic(const char *topic,
                             const struct rs_command *commands, size_t n,
                             struct rs_error *err)
{
    const char *word = topic + strspn(topic, "-");

    for (size_t i = 0; i < n; i++)
        if (strcmp(commands[i].name, topic) == 0) {
            rs_help_command(&commands[i]);
            return RS_OK;
        }
    if (word[0] == '\0')
        return no_topic(topic, commands, n, err);
    return print_word(word, word == topic) || print_foreign(word)
               ? RS_OK
               : no_topic(topic, commands, n, err);
}
