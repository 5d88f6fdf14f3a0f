/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SETTINGS_H
#define RS_SETTINGS_H

#include "setting.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What can be asked of the program. One table (setting_rows.h) gives the
 * fields, their names, and by these the parser, --help, the OPTIONS section
 * of the man page and the shell completions. Setting only validates and
 * stores; names of columns are resolved against a header later, and what goes
 * together is said in rules.h.
 */

/* Values that may be given again and again, in order. */
struct rs_list {
    const char **values; /* [n] */
    size_t n;
};

/* --format of figures. That of the rows is 0, or 1 + which of rs_output_kinds,
 * which begin with the same two. */
enum rs_format {
    RS_FORMAT_AUTO,
    RS_FORMAT_CSV,
    RS_FORMAT_TSV,
    RS_FORMAT_JSONL /* of a description */
};

enum rs_rows_choice { RS_ROWS_OF_PAIRS, RS_ROWS_OF_TERMS, RS_ROWS_OF_BOTH };

/* Of the last columns of x, or of all that it brings. */
enum rs_test_choice { RS_TEST_LAST, RS_TEST_ALL };

enum rs_weights_choice { RS_WEIGHTS_ARE_ANALYTIC, RS_WEIGHTS_ARE_COUNTS };

enum rs_numbers_choice { RS_NUMBERS_STRICT, RS_NUMBERS_LOOSE };

enum rs_engine_choice { RS_ENGINE_AUTO, RS_ENGINE_EXACT };

/* Types of the fields, by kinds of settings. */
#define RS_HOLDS_FLAG   bool
#define RS_HOLDS_TEXT   const char *
#define RS_HOLDS_LIST   struct rs_list
#define RS_HOLDS_CHAR   char
#define RS_HOLDS_CHOICE int
#define RS_HOLDS_COUNT  uint64_t
#define RS_HOLDS_REAL   double

/*
 * The settings: a struct rs_SECTION_settings for each section of the table.
 * What a command does not know keeps its preset, else 0. Texts are owned.
 */
struct rs_settings {
    unsigned command;         /* enum rs_command_bit */
    const char *const *words; /* [n_words] the whole command line; borrowed,
                                 NULL: there is none */
    size_t n_words;
    struct rs_list files;
    bool in_memory;    /* columns are handed in: there are no files to read */
    bool headers_only; /* no more of the files is wanted */

#define SECTION(section, heading)      struct rs_##section##_settings {
#define ROW(kind, section, field, ...) RS_HOLDS_##kind field;
#define ALSO(...)
#define END(section)                                                           \
    }                                                                          \
    section;
#include "setting_rows.h"
#undef SECTION
#undef ROW
#undef ALSO
#undef END

    bool given[RS_N_SETTINGS]; /* by row of the table; flags: that are on */
};

/*
 * Presets for a command. Owns: rs_settings_clear, also after an error.
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_settings_init(struct rs_settings *settings,
                                enum rs_command_bit command,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_settings_clear(struct rs_settings *settings);

/*
 * Gives a setting its value; a list gets one more.
 * name   in  as in the table
 * value  in  copied; of a flag NULL or "true", or "false"
 * Errors: RS_ERR_USAGE when the command has no such setting (the nearest name
 * is offered), or when the value is none of its kind; RS_ERR_NOMEM. The
 * setting keeps its value then.
 */
enum rs_status rs_settings_set(struct rs_settings *settings, const char *name,
                               const char *value,
                               struct rs_error *err) RS_MUST_CHECK;

/* The same by its row of the table. */
enum rs_status rs_settings_set_row(struct rs_settings *settings,
                                   const struct rs_setting *setting,
                                   const char *value,
                                   struct rs_error *err) RS_MUST_CHECK;

/* Makes the files of {transposed} files to read, behind the others, where they
 * are not yet. Errors: RS_ERR_NOMEM. */
enum rs_status rs_settings_add_transposed(struct rs_settings *settings,
                                          struct rs_error *err) RS_MUST_CHECK;

/* Whether a list has a value. */
bool rs_list_has(const struct rs_list *list, const char *value);

/* One more file to read; the path is copied. Errors: RS_ERR_NOMEM. */
enum rs_status rs_settings_add_file(struct rs_settings *settings,
                                    const char *path,
                                    struct rs_error *err) RS_MUST_CHECK;

/* Whether the setting of this field was given a value, its preset or not (a
 * flag: is on): RS_GIVEN(settings, testing.seed). */
#define RS_GIVEN(settings, field)                                              \
    rs_settings_given(settings, offsetof(struct rs_settings, field))
bool rs_settings_given(const struct rs_settings *settings, size_t offset);

#endif
