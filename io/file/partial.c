/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* renameat2, flock */
#include "partial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat2 */
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what may be there ------------------------------------------- */

/* What makes a file another than one that a run has left; NULL: nothing. */
static const char *strangeness(const struct stat *st)
{
    if (S_ISLNK(st->st_mode))
        return "is a symbolic link";
    if (!S_ISREG(st->st_mode))
        return "is not a regular file";
    if (st->st_uid != geteuid())
        return "belongs to another user";
    if (st->st_nlink != 1)
        return "has more than one name (hard links)";
    return NULL;
}

static enum rs_status check(const char *path, const struct stat *st,
                            const struct rs_input_files *inputs,
                            struct rs_error *err)
{
    const char *strange = strangeness(st);

    if (rs_input_files_find(inputs, st) != NULL)
        return rs_error_set_os(err, RS_ERR_USAGE, path, 0,
                               "is an input, but the output would grow under "
                               "this name; choose another {output}");
    if (strange != NULL)
        return rs_error_set_os(err, RS_ERR_OPEN, path, 0,
                               "the output would grow under this name, but "
                               "what is there %s; remove it, or choose "
                               "another {output}",
                               strange);
    return RS_OK;
}

enum rs_status rs_partial_check(const char *path,
                                const struct rs_input_files *inputs,
                                struct rs_error *err)
{
    struct stat st;

    if (lstat(path, &st) == 0)
        return check(path, &st, inputs, err);
    if (errno == ENOENT)
        return RS_OK;
    return rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                           "cannot create the output");
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* True when the name still leads to the open file. */
static bool is_still(const char *path, int fd)
{
    struct stat here;
    struct stat ours;

    return lstat(path, &here) == 0 && fstat(fd, &ours) == 0 &&
           is_same(&here, &ours);
}

/* ---- opening ----------------------------------------------------- */

/* The file of the name, or a new one; -1 and errno, which is EAGAIN where the
 * name came and went. */
static int open_or_make(const char *path, mode_t mode, bool *made)
{
    /* for reading too: a shared mapping needs both */
    enum { FLAGS = O_RDWR | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK };
    int fd = open(path, FLAGS | O_CREAT | O_EXCL, mode);

    *made = fd >= 0;
    if (fd >= 0 || errno != EEXIST)
        return fd;
    fd = open(path, FLAGS);
    if (fd < 0 && errno == ENOENT)
        errno = EAGAIN;
    return fd;
}

static enum rs_status lock(int fd, const char *path, struct rs_error *err)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return RS_OK;
    if (errno == EWOULDBLOCK)
        return rs_error_set_os(err, RS_ERR_OPEN, path, 0,
                               "another run is writing this output");
    return rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                           "cannot lock the output");
}

/* What was opened before it was locked may have got its final name since, or
 * be gone: *same is false then. */
static enum rs_status check_locked(bool *same, int fd, const char *path,
                                   const struct rs_input_files *inputs,
                                   bool made, struct rs_error *err)
{
    struct stat st;

    *same = is_still(path, fd);
    if (!*same || made)
        return RS_OK;
    if (fstat(fd, &st) != 0)
        return rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                               "cannot create the output");
    return check(path, &st, inputs, err);
}

/* One attempt; *fd is -1 when the name came to mean another file. */
static enum rs_status try_open(int *fd, const char *path, mode_t mode,
                               const struct rs_input_files *inputs,
                               struct rs_error *err)
{
    bool made = false;
    bool same = false;
    enum rs_status status = rs_partial_check(path, inputs, err);

    *fd = -1;
    if (status != RS_OK)
        return status;
    *fd = open_or_make(path, mode, &made);
    if (*fd < 0)
        return errno == EAGAIN ? RS_OK
                               : rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                                                 "cannot create the output");
    status = lock(*fd, path, err);
    if (status == RS_OK)
        status = check_locked(&same, *fd, path, inputs, made, err);
    if (status == RS_OK && same)
        return RS_OK;
    (void)close(*fd);
    *fd = -1;
    return status;
}

enum rs_status rs_partial_open(int *fd, const char *path, mode_t mode,
                               const struct rs_input_files *inputs,
                               struct rs_error *err)
{
    enum { ATTEMPTS = 100 };

    for (int i = 0; i < ATTEMPTS; i++) {
        enum rs_status status = try_open(fd, path, mode, inputs, err);
        if (status != RS_OK || *fd >= 0)
            return status;
    }
    return rs_error_set_os(err, RS_ERR_OPEN, path, 0,
                           "other runs take this output again and again");
}

/* ---- the final name ---------------------------------------------- */

/* A file system without renaming that replaces nothing. A link never does
 * either; where there are none, the lock keeps other runs away. */
static int rename_carefully(const char *path, const char *final)
{
    struct stat st;
    int rc = link(path, final);

    if (rc == 0) {
        (void)unlink(path);
        return 0;
    }
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS &&
        errno != EMLINK)
        return rc;
    if (lstat(final, &st) == 0) {
        errno = EEXIST;
        return -1;
    }
    return errno == ENOENT ? rename(path, final) : -1;
}

static int rename_to(const char *path, const char *final, bool replace)
{
    int rc = 0;

    if (replace)
        return rename(path, final);
    rc = renameat2(AT_FDCWD, path, AT_FDCWD, final, RENAME_NOREPLACE);
    if (rc == 0 || (errno != EINVAL && errno != ENOSYS))
        return rc;
    return rename_carefully(path, final);
}

enum rs_status rs_partial_rename(const char *path, int fd, const char *final,
                                 bool replace, struct rs_error *err)
{
    if (!is_still(path, fd))
        return rs_error_set_os(err, RS_ERR_OPEN, path, 0,
                               "somebody else has moved or replaced this file "
                               "while it was written");
    if (rename_to(path, final, replace) != 0)
        return rs_error_set_os(err, RS_ERR_OPEN, final, errno,
                               "the rows are in '%s', but it cannot take its "
                               "name",
                               path);
    if (!is_still(final, fd))
        return rs_error_set_os(err, RS_ERR_OPEN, final, 0,
                               "somebody else has replaced this file at once");
    return RS_OK;
}

void rs_partial_remove(const char *path, int fd)
{
    if (is_still(path, fd))
        (void)unlink(path);
}
