/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_output.h"

#include "folder.h"
#include "human.h"
#include "mem.h"
#include "message.h"
#include "nameless.h"
#include "passwords.h"
#include "run_output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The place as it may be shown. */
static void print_place(const struct rs_run *run)
{
    const char *path = run->asked.target.path;
    char *shown = NULL;

    if (path == NULL || rs_outfile_is_stdout(path)) {
        (void)printf("standard output");
        return;
    }
    shown = rs_text_copy(path, strlen(path), NULL);
    if (shown != NULL)
        rs_hide_passwords(shown);
    (void)printf("%s", shown == NULL ? "" : shown);
    free(shown);
}

/* Free space, where the output is a file of a folder. */
static void print_room(const struct rs_run *run, double bytes)
{
    const char *path = run->asked.target.path;
    struct rs_human size;
    struct rs_human room;
    char *folder = NULL;
    double there = 0.0;

    if (path == NULL || rs_outfile_is_stdout(path) ||
        rs_output_can(run->asked.target.kind, RS_OUTPUT_URL))
        return;
    folder = rs_folder_of(path, NULL);
    there = folder == NULL ? -1.0 : rs_nameless_room(folder);
    free(folder);
    if (there < 0.0)
        return;
    if (bytes > there)
        (void)printf("disk         too small: %s are free, about %s are "
                     "needed\n",
                     rs_human_bytes(&room, there),
                     rs_human_bytes(&size, bytes));
    else
        (void)printf("disk         %s are free\n",
                     rs_human_bytes(&room, there));
}

/* What would happen to what is there. */
static void print_there(const struct rs_run *run)
{
    const char *path = run->asked.target.path;
    struct rs_sink_config config = rs_run_sink_config(run);
    struct rs_error err = {0};
    struct stat st;
    char text[RS_MESSAGE_ERROR];

    if (path == NULL || rs_outfile_is_stdout(path))
        return;
    config.place.path = path;
    if (run->asked.target.kind->check(&config, &err) != RS_OK) {
        rs_message_error_text(text, &err);
        (void)printf("refused      %s\n", text);
    } else if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
        (void)printf("exists       %s\n",
                     config.place.append  ? "a run is added (--append)"
                     : config.place.force ? "is replaced (--force)"
                                          : "tables are added");
    }
}

void rs_plan_output_print(const struct rs_run *run, double bytes)
{
    struct rs_human size;

    (void)printf("output       ");
    print_place(run);
    (void)printf(": about %s\n", rs_human_bytes(&size, bytes));
    print_there(run);
    print_room(run, bytes);
}
