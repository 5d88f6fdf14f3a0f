/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* flock, mkdtemp */
#include "outfile.h"
#include "partial.h"
#include "run_suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Every test is in a folder of its own. */
static char folder[64];

static void enter(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/regsweep-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void leave(void)
{
    static const char *const names[] = {"f", "f.partial", "other"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (unlink(names[i]) != 0)
            (void)rmdir(names[i]);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    ck_assert_int_eq(close(fd), 0);
}

static void check_text(const char *path, const char *want)
{
    char text[64] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(read(fd, text, sizeof text - 1), (ssize_t)strlen(want));
    ck_assert_str_eq(text, want);
    ck_assert_int_eq(close(fd), 0);
}

static unsigned mode_of(const char *path)
{
    struct stat st;

    ck_assert_int_eq(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

/* Writes a whole output named f; the first error. */
static enum rs_status write_output(bool force,
                                   const struct rs_input_files *inputs,
                                   struct rs_error *err)
{
    const struct rs_outfile_options options = {
        .path = "f", .force = force, .inputs = inputs};
    struct rs_outfile file;
    enum rs_status status = rs_outfile_init(&file, &options, err);

    if (status == RS_OK)
        status = rs_outfile_open(&file, err);
    if (status == RS_OK)
        status = rs_outfile_write(&file, "rows\n", 5, err);
    if (status == RS_OK)
        status = rs_outfile_finish(&file, err);
    rs_outfile_clear(&file);
    return status;
}

/* ---- what may have the name f.partial ---------------------------- */

enum { LINK, DANGLING, HARD, FOLDER, PIPE, FOREIGN, INPUT, OWN, N_KINDS };

static bool make_kind(int kind)
{
    switch (kind) {
    case LINK:
        put("other", "precious");
        return symlink("other", "f.partial") == 0;
    case DANGLING:
        return symlink("gone", "f.partial") == 0;
    case HARD:
        put("other", "precious");
        return link("other", "f.partial") == 0;
    case FOLDER:
        return mkdir("f.partial", 0777) == 0;
    case PIPE:
        return mkfifo("f.partial", 0666) == 0;
    case FOREIGN:
        put("f.partial", "precious");
        return chmod("f.partial", 0666) == 0 &&
               chown("f.partial", geteuid() + 1, (gid_t)-1) == 0;
    default:
        put("f.partial", "precious");
        return true;
    }
}

/* Neither opening it nor a whole run does any harm to what is not our own. */
static void check_kind(int kind, enum rs_status want)
{
    struct rs_input_files inputs = {0};
    struct rs_error err = {0};
    int fd = -1;

    if (kind == INPUT)
        ck_assert_int_eq(rs_input_files_add(&inputs, "f.partial", &err), RS_OK);
    ck_assert_int_eq(rs_partial_check("f.partial", &inputs, &err), want);
    ck_assert_int_eq(rs_partial_open(&fd, "f.partial", 0666, &inputs, &err),
                     want);
    if (fd >= 0) {
        check_text("f.partial", "precious"); /* for who goes on with it */
        ck_assert_int_eq(close(fd), 0);
    }
    ck_assert_int_eq(write_output(true, &inputs, &err), want);
    if (kind == LINK || kind == HARD)
        check_text("other", "precious");
    else if (kind == FOREIGN || kind == INPUT)
        check_text("f.partial", "precious");
    ck_assert_int_eq(access("f", F_OK), kind == OWN ? 0 : -1);
    ck_assert_int_eq(access("gone", F_OK), -1);
    rs_input_files_clear(&inputs);
}

START_TEST(test_partial)
{
    enter();
    if (make_kind(_i)) {
        check_kind(_i, _i == OWN     ? RS_OK
                       : _i == INPUT ? RS_ERR_USAGE
                                     : RS_ERR_OPEN);
    } else { /* only root gives files away */
        ck_assert_int_eq(_i, FOREIGN);
        (void)puts("SKIP: no file can be given to another user");
    }
    leave();
}
END_TEST

/* ---- two runs ---------------------------------------------------- */

/* The lock lasts until the final name is there; who comes then finds it. */
START_TEST(test_two_runs)
{
    const struct rs_outfile_options options = {.path = "f"};
    struct rs_outfile first;
    struct rs_outfile second;
    struct rs_error err = {0};

    enter();
    ck_assert_int_eq(rs_outfile_init(&first, &options, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_init(&second, &options, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_open(&first, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_open(&second, &err), RS_ERR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.text, "another run"));
    ck_assert_int_eq(rs_outfile_write(&first, "first\n", 6, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_finish(&first, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_open(&second, &err), RS_ERR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.text, "exists already"));
    check_text("f", "first\n");
    ck_assert_int_eq(access("f.partial", F_OK), -1);
    rs_outfile_clear(&first);
    rs_outfile_clear(&second);
    leave();
}
END_TEST

/* The final name is taken while the file grows; and the growing file is moved
 * away, or another put in its place. */
START_TEST(test_taken)
{
    const struct rs_outfile_options options = {.path = "f"};
    struct rs_outfile file;
    struct rs_error err = {0};

    enter();
    ck_assert_int_eq(rs_outfile_init(&file, &options, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_open(&file, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_write(&file, "rows\n", 5, &err), RS_OK);
    if (_i == 0)
        put("f", "other's");
    else
        ck_assert_int_eq(rename("f.partial", "other"), 0);
    if (_i == 2)
        put("f.partial", "other's");
    ck_assert_int_eq(rs_outfile_finish(&file, &err), RS_ERR_OPEN);
    if (_i == 0)
        check_text("f", "other's");
    else
        ck_assert_int_eq(access("f", F_OK), -1);
    check_text(_i == 0 ? "f.partial" : "other", "rows\n");
    if (_i == 2)
        check_text("f.partial", "other's");
    rs_outfile_clear(&file);
    leave();
}
END_TEST

/* An empty file is removed when it is given up, another's is not. */
START_TEST(test_abandoned)
{
    const struct rs_outfile_options options = {.path = "f"};
    struct rs_outfile file;
    struct rs_error err = {0};

    enter();
    ck_assert_int_eq(rs_outfile_init(&file, &options, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_open(&file, &err), RS_OK);
    if (_i == 1) {
        ck_assert_int_eq(rename("f.partial", "other"), 0);
        put("f.partial", "other's");
    }
    rs_outfile_clear(&file);
    ck_assert_int_eq(access("f.partial", F_OK), _i == 1 ? 0 : -1);
    leave();
}
END_TEST

/* ---- modes ------------------------------------------------------- */

static const unsigned modes[] = {0600, 0640, 0644, 0666, 0444, 0755, 0200};

START_TEST(test_modes)
{
    const mode_t mask = _i % 2 == 0 ? 0 : 077;
    const unsigned mode = modes[_i / 2];
    mode_t before = umask(mask);
    struct rs_error err = {0};

    enter();
    put("f", "old");
    ck_assert_int_eq(chmod("f", mode), 0);
    put("f.partial", "left by an earlier run");
    ck_assert_int_eq(chmod("f.partial", 0644), 0);
    ck_assert_int_eq(write_output(true, NULL, &err), RS_OK);
    ck_assert_uint_eq(mode_of("f"), mode);
    ck_assert_int_eq(write_output(true, NULL, &err), RS_OK);
    ck_assert_uint_eq(mode_of("f"), mode);
    ck_assert_int_eq(unlink("f"), 0);
    ck_assert_int_eq(write_output(false, NULL, &err), RS_OK);
    ck_assert_uint_eq(mode_of("f"), 0666 & ~mask);
    (void)umask(before);
    leave();
}
END_TEST

/* What grows in the place of a private file is private from the beginning. */
START_TEST(test_private)
{
    const struct rs_outfile_options options = {.path = "f", .force = true};
    struct rs_outfile file;
    struct rs_error err = {0};

    enter();
    put("f", "old");
    ck_assert_int_eq(chmod("f", 0600), 0);
    put("f.partial", "left");
    ck_assert_int_eq(chmod("f.partial", 0666), 0);
    ck_assert_int_eq(rs_outfile_init(&file, &options, &err), RS_OK);
    ck_assert_int_eq(rs_outfile_open(&file, &err), RS_OK);
    ck_assert_uint_eq(mode_of("f.partial"), 0600);
    rs_outfile_clear(&file);
    leave();
}
END_TEST

/* ---- inputs ------------------------------------------------------ */

START_TEST(test_inputs)
{
    struct rs_input_files inputs = {0};
    struct rs_error err = {0};
    int was = dup(STDIN_FILENO);

    enter();
    put("f", "precious");
    ck_assert_int_eq(link("f", "other"), 0);
    ck_assert_int_eq(rs_input_files_add(&inputs, "gone", &err), RS_OK);
    ck_assert_int_eq(rs_input_files_add(&inputs, ".", &err), RS_OK);
    ck_assert_uint_eq(inputs.n, 0);
    ck_assert_int_eq(rs_input_files_add(&inputs, "other", &err), RS_OK);
    ck_assert_int_eq(write_output(true, &inputs, &err), RS_ERR_USAGE);
    rs_input_files_clear(&inputs);
    ck_assert_int_eq(close(STDIN_FILENO), 0);
    ck_assert_int_eq(open("f", O_RDONLY), STDIN_FILENO);
    ck_assert_int_eq(rs_input_files_add(&inputs, "-", &err), RS_OK);
    ck_assert_int_eq(write_output(true, &inputs, &err), RS_ERR_USAGE);
    check_text("f", "precious");
    ck_assert_int_eq(access("f.partial", F_OK), -1);
    rs_input_files_clear(&inputs);
    ck_assert_int_eq(dup2(was, STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(close(was), 0);
    leave();
}
END_TEST

static const struct suite_test tests[] = {
    {&test_partial, N_KINDS},
    {&test_two_runs, 1},
    {&test_taken, 3},
    {&test_abandoned, 2},
    {&test_modes, 2 * sizeof modes / sizeof modes[0]},
    {&test_private, 1},
    {&test_inputs, 1},
};
SUITE(outfile, tests)
