/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RUN_INFO_H
#define RS_RUN_INFO_H

#include "settings.h"
#include "sink.h"

/* What a database is told of the program and its command line. */
struct rs_run_notes {
    struct rs_run_info info; /* points at what follows */
    char *command;
    char *input;
    char *note;
    char libraries[1024];
};

/*
 * Makes the notes; what is only known of the input and the plan is not set.
 * Owns: rs_run_notes_free. Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_run_notes_new(struct rs_run_notes **out,
                                const struct rs_settings *settings,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_run_notes_free(struct rs_run_notes *notes);

/*
 * Words as one text that a shell reads as these words; passwords in them are
 * hidden. Exported for tests.
 * Returns text that the caller frees; NULL and err filled without memory.
 */
char *rs_command_text(const char *const *words, size_t n, struct rs_error *err);

#endif
