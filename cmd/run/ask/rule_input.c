/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules_shared.h"

#include "csv_read.h"
#include "key_form.h"
#include "pairs_ask.h"

#include <string.h>
#include <sys/stat.h>

bool rs_when_no_file(const struct rs_asked *asked)
{
    return asked->settings->files.n == 0 && !asked->settings->in_memory;
}

bool rs_when_file(const struct rs_asked *asked)
{
    return asked->settings->files.n > 0;
}

bool rs_when_listed(const struct rs_asked *asked)
{
    return rs_pairs_of(asked->settings) == RS_PAIRS_LIST;
}

/* Both FILE and the list of pairs are standard input. */
bool rs_when_both_from_pipe(const struct rs_asked *asked)
{
    const struct rs_list *files = &asked->settings->files;
    bool listed = rs_when_listed(asked) &&
                  strcmp(rs_pairs_file(asked->settings), "-") == 0;

    for (size_t i = 0; i < files->n && listed; i++)
        if (strcmp(files->values[i], "-") == 0)
            return true;
    return false;
}

/* Nothing says which columns are dependent. */
bool rs_when_unlisted(const struct rs_asked *asked)
{
    return !rs_when_listed(asked);
}

bool rs_when_unlisted_file(const struct rs_asked *asked)
{
    return rs_when_file(asked) && !rs_when_listed(asked);
}

bool rs_when_one_file(const struct rs_asked *asked)
{
    return asked->settings->files.n == 1;
}

bool rs_when_several_files(const struct rs_asked *asked)
{
    return asked->settings->files.n > 1;
}

/* PLINK's samples, where no file has samples. */
bool rs_when_iid_of_none(const struct rs_asked *asked)
{
    const struct rs_reading_settings *reading = &asked->settings->reading;

    return reading->key_as == (int)RS_KEY_IID && !reading->transpose &&
           reading->transposed.n == 0;
}

/* What can be read once only; a folder is told when it is opened. */
bool rs_when_pipe(const struct rs_asked *asked)
{
    const struct rs_list *files = &asked->settings->files;
    struct stat st;

    return files->n > 0 && (strcmp(files->values[0], "-") == 0 ||
                            (stat(files->values[0], &st) == 0 &&
                             !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)));
}

/* A decimal comma, which means nothing without a file. */
bool rs_when_commas_of_no_file(const struct rs_asked *asked)
{
    return rs_when_no_file(asked) && asked->settings->reading.decimal != '.';
}

bool rs_when_separates_by_blanks(const struct rs_asked *asked)
{
    return asked->settings->reading.delimiter == RS_CSV_BLANKS;
}

static enum rs_status check_comment(const struct rs_reading_settings *reading,
                                    struct rs_error *err)
{
    const char *text = reading->comment;

    if (text == NULL ||
        (strcspn(text, " \t\"") > 0 && strpbrk(text, "\r\n") == NULL &&
         strlen(text) <= RS_CSV_COMMENT_MOST))
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{comment} takes what comments begin with, as '#': at "
                        "most %d bytes of a line, and no blank or quote first",
                        RS_CSV_COMMENT_MOST);
}

enum rs_status rs_check_marks(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_reading_settings *reading = &asked->settings->reading;

    if (reading->decimal != '.' && reading->decimal != ',')
        return rs_error_set(err, RS_ERR_USAGE, "{decimal}: '%c' is not . or ,",
                            reading->decimal);
    if (reading->delimiter == reading->decimal && reading->delimiter != '\0')
        return rs_error_set(err, RS_ERR_USAGE,
                            "{delimiter} and {decimal} are both '%c'",
                            reading->decimal);
    return check_comment(reading, err);
}

enum rs_status rs_check_pairs(struct rs_asked *asked, struct rs_error *err)
{
    return rs_pairs_check(asked->settings, err);
}
