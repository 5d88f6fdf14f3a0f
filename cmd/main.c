/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_complete.h"
#include "command_table.h"
#include "help.h"
#include "help_topic.h"
#include "message.h"
#include "numerics.h"
#include "parse.h"
#include "signals.h"
#include "unknown_command.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

/* A standard stream that the caller has closed stays closed to reading and
 * writing, but its number is taken: or a file of the run would get it, and
 * messages would go between its rows. */
static void occupy_closed(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Flushes and closes standard output: a lost write must not end in 0. The
 * rows of a run are written past it, and their sink has closed it then. */
static int close_stdout(int exit_status)
{
    bool failed = ferror(stdout) != 0;
    bool pending = __fpending(stdout) > 0;

    if (fclose(stdout) != 0 && (pending || errno != EBADF))
        failed = true;
    if (!failed || exit_status != RS_EXIT_OK)
        return exit_status;
    if (errno == EPIPE)
        rs_signals_die_of_pipe();
    rs_message("standard output: write failed: %s", strerror(errno));
    return RS_EXIT_FAILED;
}

/* `regsweep help TOPIC...` */
static int help(int n_topics, const char *const *topics)
{
    struct rs_error err = {0};

    if (n_topics == 0)
        rs_help_program(rs_command_table, rs_command_count);
    for (int i = 0; i < n_topics; i++) {
        if (i > 0)
            (void)putchar('\n');
        if (rs_help_topic(topics[i], rs_command_table, rs_command_count,
                          &err) != RS_OK) {
            rs_message_error(&err);
            rs_message("try 'regsweep --help'");
            return rs_exit_for(&err);
        }
    }
    return RS_EXIT_OK;
}

/* argv: all words, the program and the command first. */
static int run_command(const struct rs_command *command, int argc,
                       const char *const *argv)
{
    struct rs_settings settings;
    struct rs_error err = {0};
    int exit_status = RS_EXIT_OK;

    if (rs_parse(&settings, command, argc - 2, argv + 2, &err) != RS_OK) {
        rs_message_error(&err);
        rs_message("try 'regsweep %s --help'", command->name);
        exit_status =
            err.status == RS_ERR_OPEN ? RS_EXIT_INPUT : rs_exit_for(&err);
        goto done;
    }
    settings.words = argv;
    settings.n_words = (size_t)argc;
    if (settings.informing.help)
        rs_help_command(command);
    else if (settings.informing.version)
        rs_version_print(settings.informing.verbose);
    else
        exit_status = command->run(&settings);
done:
    rs_settings_clear(&settings);
    return exit_status;
}

static bool is_word(const char *word, const char *name, const char *letter)
{
    return strcmp(word, name) == 0 || strcmp(word, letter) == 0;
}

static int dispatch(int argc, const char *const *argv)
{
    const struct rs_command *command = NULL;
    bool verbose = false;

    if (argc < 2) {
        rs_help_short(stderr);
        return RS_EXIT_USAGE;
    }
    if (is_word(argv[1], "--help", "-h") || strcmp(argv[1], "help") == 0)
        return help(argc - 2, argv + 2);
    verbose = is_word(argv[1], "--verbose", "-v");
    if (is_word(argv[1], "--version", "-V") ||
        (verbose && argc > 2 && is_word(argv[2], "--version", "-V"))) {
        rs_version_print(verbose ||
                         (argc > 2 && is_word(argv[2], "--verbose", "-v")));
        return RS_EXIT_OK;
    }
    if (strcmp(argv[1], RS_COMPLETE_WORD) == 0) {
        rs_cmd_complete(argc - 2, argv + 2);
        return RS_EXIT_OK;
    }
    command = rs_command_find(argv[1]);
    if (command == NULL)
        return rs_unknown_command(argv[1]);
    return run_command(command, argc, argv);
}

int main(int argc, char **argv)
{
    occupy_closed();
    rs_signals_init();
    rs_numerics_enter(); /* for good */
    return close_stdout(dispatch(argc, (const char *const *)argv));
}
