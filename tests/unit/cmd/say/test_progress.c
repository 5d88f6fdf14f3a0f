/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 600 /* posix_openpt */
#include "progress.h"

#include "run_suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What stands on standard error while `tell` is told to a progress line; time
 * passes by setting its clock back. */

enum { ROOM = 1000 };

static char said[ROOM];
static int before; /* standard error of the test */

static void listen_to(int fd)
{
    (void)fflush(stderr);
    before = dup(STDERR_FILENO);
    ck_assert_int_ge(before, 0);
    ck_assert_int_eq(dup2(fd, STDERR_FILENO), STDERR_FILENO);
}

static void listen_no_more(void)
{
    (void)fflush(stderr);
    ck_assert_int_eq(dup2(before, STDERR_FILENO), STDERR_FILENO);
    (void)close(before);
}

/* Of the clock of the line; ten thousand times as much of that of the work, so
 * that what passes by itself is nothing. */
static void let_pass(struct rs_progress *progress, double seconds)
{
    progress->begin -= 1e4 * seconds;
    progress->last -= seconds;
}

/* A stage, then a count; the second call is too early for any line, the third
 * for a line among others. */
static void tell(enum rs_progress_mode mode, bool quiet, bool verbose)
{
    struct rs_progress progress;
    struct rs_ticker ticker;

    rs_progress_init(&progress, mode, quiet, verbose);
    ticker = rs_progress_ticker(&progress);
    rs_ticker_stage(&ticker, "reading");
    rs_ticker_end(&ticker);
    rs_ticker_count(&ticker, "permute", "rounds", 0, 4000000);
    let_pass(&progress, -10.0);
    rs_ticker_count(&ticker, "permute", "rounds", 1, 4000000);
    let_pass(&progress, 12.0);
    rs_ticker_count(&ticker, "permute", "rounds", 1000000, 4000000);
    let_pass(&progress, 38.0);
    rs_ticker_count(&ticker, "permute", "rounds", 2000000, 4000000);
    rs_ticker_end(&ticker);
    let_pass(&progress, 3.0);
    rs_ticker_count(&ticker, NULL, NULL, 0, 7); /* begins anew */
    let_pass(&progress, 31.0);
    rs_ticker_count(&ticker, NULL, NULL, 0, 7);
    rs_ticker_end(&ticker);
}

static const char *said_to_file(enum rs_progress_mode mode, bool quiet,
                                bool verbose)
{
    FILE *file = tmpfile();
    size_t n = 0;

    ck_assert_ptr_nonnull(file);
    listen_to(fileno(file));
    tell(mode, quiet, verbose);
    listen_no_more();
    rewind(file);
    n = fread(said, 1, ROOM - 1, file);
    said[n] = '\0';
    (void)fclose(file);
    return said;
}

#define WIPE "\r\033[K"

static const char live[] = WIPE
    "regsweep: reading" WIPE WIPE "regsweep: permute:  25.0 %  1,000,000 of "
    "4,000,000 rounds  50/s  16:40:00 h left" WIPE
    "regsweep: permute:  50.0 %  2,000,000 of 4,000,000 rounds  5/s  "
    "111:06:40 h left" WIPE WIPE "regsweep:   0.0 %  0 of 7 pairs  0/s" WIPE;

START_TEST(test_live)
{
    ck_assert_str_eq(said_to_file(RS_PROGRESS_ALWAYS, true, false), live);
}
END_TEST

/* No terminal: lines, half a minute apart, for who wants to know more. */
START_TEST(test_plain)
{
    ck_assert_str_eq(
        said_to_file(RS_PROGRESS_AUTO, false, true),
        "regsweep: permute:  50.0 %  2,000,000 of 4,000,000 rounds  "
        "5/s  111:06:40 h left\n"
        "regsweep:   0.0 %  0 of 7 pairs  0/s\n");
}
END_TEST

START_TEST(test_nothing)
{
    ck_assert_str_eq(said_to_file(RS_PROGRESS_AUTO, false, false), "");
    ck_assert_str_eq(said_to_file(RS_PROGRESS_AUTO, true, true), "");
    ck_assert_str_eq(said_to_file(RS_PROGRESS_NEVER, false, true), "");
}
END_TEST

/* A terminal that can wipe a line, and one that cannot. */
START_TEST(test_terminal)
{
    static const char *const terms[] = {"xterm", "dumb", NULL};
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    int terminal = -1;

    ck_assert_int_ge(master, 0);
    ck_assert_int_eq(grantpt(master), 0);
    ck_assert_int_eq(unlockpt(master), 0);
    terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal, 0);
    for (size_t i = 0; i < 3; i++) {
        struct rs_progress progress;
        ck_assert_int_eq(terms[i] == NULL ? unsetenv("TERM")
                                          : setenv("TERM", terms[i], 1),
                         0);
        listen_to(terminal);
        rs_progress_init(&progress, RS_PROGRESS_AUTO, false, true);
        listen_no_more();
        ck_assert(progress.live == (i == 0));
        ck_assert(progress.plain == (i != 0));
    }
    (void)close(terminal);
    (void)close(master);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_live, 1},
    {&test_plain, 1},
    {&test_nothing, 1},
    {&test_terminal, 1},
};
SUITE(progress, tests)
