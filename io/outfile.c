/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* renameat2, flock */
#include "outfile.h"

#include "mem.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = ".partial";

static const char *shown_name(const struct rs_outfile *file)
{
    return file->path == NULL ? "standard output" : file->path;
}

/* The folder of a path, as a text the caller frees. */
static char *folder_of(const char *path, struct rs_error *err)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return rs_text_copy(".", 1, err);
    return rs_text_copy(path, slash == path ? 1 : (size_t)(slash - path), err);
}

static enum rs_status check_folder(const char *path, struct rs_error *err)
{
    char *folder = folder_of(path, err);
    enum rs_status status = RS_OK;

    if (folder == NULL)
        return RS_ERR_NOMEM;
    if (access(folder, W_OK | X_OK) != 0)
        status = rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                                 "cannot create the output in '%s'", folder);
    free(folder);
    return status;
}

/* True when rename would put a new file in place of what is there. */
static bool is_written_directly(const struct stat *st)
{
    return !S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode);
}

static enum rs_status check_target(struct rs_outfile *file, bool *direct,
                                   struct rs_error *err)
{
    struct stat st;

    *direct = false;
    if (stat(file->path, &st) != 0) {
        if (errno != ENOENT)
            return rs_error_set_os(err, RS_ERR_OPEN, file->path, errno,
                                   "cannot create the output");
        return check_folder(file->path, err);
    }
    if (S_ISDIR(st.st_mode))
        return rs_error_set_os(err, RS_ERR_OPEN, file->path, EISDIR,
                               "cannot create the output");
    *direct = is_written_directly(&st);
    if (!*direct && !file->force)
        return rs_error_set_os(err, RS_ERR_OPEN, file->path, 0,
                               "the output exists already; --force replaces "
                               "it");
    return *direct ? RS_OK : check_folder(file->path, err);
}

bool rs_outfile_is_stdout(const char *path)
{
    static const char *const names[] = {"-", "/dev/stdout", "/dev/fd/1",
                                        "/proc/self/fd/1"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(path, names[i]) == 0)
            return true;
    return false;
}

/* A symbolic link stays, and what it links to is written: the path of that,
 * which the caller frees. */
static enum rs_status follow_link(char **out, const char *path,
                                  struct rs_error *err)
{
    struct stat st;

    if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode) ||
        (stat(path, &st) == 0 && is_written_directly(&st))) {
        *out = rs_text_copy(path, strlen(path), err);
        return *out == NULL ? RS_ERR_NOMEM : RS_OK;
    }
    *out = realpath(path, NULL);
    if (*out == NULL)
        return rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                               "cannot follow this symbolic link");
    return RS_OK;
}

/* Standard output may be closed, or open to reading alone. */
static enum rs_status check_stdout(struct rs_error *err)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);

    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY)
        return RS_OK;
    return rs_error_set_os(err, RS_ERR_WRITE, "standard output", EBADF,
                           "cannot write");
}

enum rs_status rs_outfile_init(struct rs_outfile *file, const char *path,
                               bool force, bool durable, struct rs_error *err)
{
    enum rs_status status = RS_OK;
    bool direct = false;
    size_t len = 0;

    memset(file, 0, sizeof *file);
    file->fd = -1;
    file->force = force;
    file->durable = durable;
    if (path == NULL || rs_outfile_is_stdout(path)) {
        return check_stdout(err);
    }
    status = follow_link(&file->path, path, err);
    if (status != RS_OK)
        return status;
    len = strlen(file->path);
    status = check_target(file, &direct, err);
    if (status == RS_OK && !direct) {
        file->partial = rs_alloc(len + sizeof suffix, 1, err);
        if (file->partial == NULL) {
            status = RS_ERR_NOMEM;
        } else {
            memcpy(file->partial, file->path, len);
            memcpy(file->partial + len, suffix, sizeof suffix);
        }
    }
    if (status != RS_OK)
        rs_outfile_clear(file);
    return status;
}

/* The lock is taken before the old content goes, so that a running run's
 * file is never cut under it. */
static enum rs_status open_partial(struct rs_outfile *file,
                                   struct rs_error *err)
{
    /* for reading too: a shared mapping needs both */
    int fd = open(file->partial, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);

    if (fd < 0)
        return rs_error_set_os(err, RS_ERR_OPEN, file->partial, errno,
                               "cannot create the output");
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int why = errno;
        (void)close(fd);
        if (why == EWOULDBLOCK)
            return rs_error_set_os(err, RS_ERR_OPEN, file->partial, 0,
                                   "another run is writing this output");
        return rs_error_set_os(err, RS_ERR_OPEN, file->partial, why,
                               "cannot lock the output");
    }
    if (ftruncate(fd, 0) != 0) {
        int why = errno;
        (void)close(fd);
        return rs_error_set_os(err, RS_ERR_OPEN, file->partial, why,
                               "cannot empty the output");
    }
    file->fd = fd;
    file->owns_fd = true;
    return RS_OK;
}

enum rs_status rs_outfile_open(struct rs_outfile *file, struct rs_error *err)
{
    if (file->path == NULL) {
        file->fd = STDOUT_FILENO;
        file->owns_fd = false;
        return RS_OK;
    }
    if (file->partial != NULL)
        return open_partial(file, err);
    file->fd = open(file->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (file->fd < 0)
        return rs_error_set_os(err, RS_ERR_OPEN, file->path, errno,
                               "cannot open the output");
    file->owns_fd = true;
    return RS_OK;
}

enum rs_status rs_outfile_write(struct rs_outfile *file, const void *bytes,
                                size_t n_bytes, struct rs_error *err)
{
    const char *from = bytes;

    while (n_bytes > 0) {
        ssize_t done = write(file->fd, from, n_bytes);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                                   "write failed after %" PRIu64 " bytes",
                                   file->n_bytes);
        from += done;
        n_bytes -= (size_t)done;
        file->n_bytes += (uint64_t)done;
    }
    return RS_OK;
}

enum rs_status rs_outfile_map(struct rs_outfile *file, void **base,
                              size_t n_bytes, struct rs_error *err)
{
    struct rlimit limit;
    int why = 0;

    *base = NULL;
    if (file->partial == NULL)
        return rs_error_set_os(err, RS_ERR_OPEN, shown_name(file), 0,
                               "this kind of output needs a regular file");
    /* beyond its limit a process is killed, not told */
    if (n_bytes > INT64_MAX ||
        (getrlimit(RLIMIT_FSIZE, &limit) == 0 && n_bytes > limit.rlim_cur))
        return rs_error_set_os(err, RS_ERR_WRITE, file->path, EFBIG,
                               "cannot reserve %zu bytes", n_bytes);
    do
        why = posix_fallocate(file->fd, 0, (off_t)n_bytes);
    while (why == EINTR);
    if (why != 0)
        return rs_error_set_os(err, RS_ERR_WRITE, file->path, why,
                               "cannot reserve %zu bytes", n_bytes);
    *base =
        mmap(NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file->fd, 0);
    if (*base != MAP_FAILED)
        return RS_OK;
    why = errno;
    *base = NULL;
    return rs_error_set_os(err, RS_ERR_WRITE, file->path, why,
                           "cannot map %zu bytes", n_bytes);
}

enum rs_status rs_outfile_write_at(struct rs_outfile *file, size_t at,
                                   const void *bytes, size_t n_bytes,
                                   struct rs_error *err)
{
    const char *from = bytes;

    while (n_bytes > 0) {
        ssize_t done = pwrite(file->fd, from, n_bytes, (off_t)at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                                   "write failed at byte %zu", at);
        from += done;
        at += (size_t)done;
        n_bytes -= (size_t)done;
    }
    return RS_OK;
}

static enum rs_status sync_folder(const struct rs_outfile *file,
                                  struct rs_error *err)
{
    char *folder = folder_of(file->path, err);
    enum rs_status status = RS_OK;
    int fd = -1;

    if (folder == NULL)
        return RS_ERR_NOMEM;
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        status = rs_error_set_os(err, RS_ERR_WRITE, folder, errno,
                                 "cannot make the new file's name durable");
    if (fd >= 0)
        (void)close(fd);
    free(folder);
    return status;
}

/* fsync where asked for, and close: the last places a lost write shows. */
static enum rs_status close_checked(struct rs_outfile *file,
                                    struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (file->durable && fsync(file->fd) != 0 && errno != EINVAL &&
        errno != EROFS)
        status = rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                                 "fsync failed");
    /* Standard output is closed too: a full disk may show only here. */
    if (close(file->fd) != 0 && status == RS_OK)
        status = rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                                 "close failed");
    file->fd = -1;
    return status;
}

static int rename_output(const struct rs_outfile *file)
{
    int rc = 0;

    if (file->force)
        return rename(file->partial, file->path);
    rc = renameat2(AT_FDCWD, file->partial, AT_FDCWD, file->path,
                   RENAME_NOREPLACE);
    if (rc == 0 || (errno != EINVAL && errno != ENOSYS))
        return rc;
    /* A file system without it: a link never replaces either. */
    rc = link(file->partial, file->path);
    if (rc == 0)
        return unlink(file->partial);
    return errno == EPERM ? rename(file->partial, file->path) : rc;
}

enum rs_status rs_outfile_finish(struct rs_outfile *file, struct rs_error *err)
{
    enum rs_status status = close_checked(file, err);

    if (status != RS_OK || file->partial == NULL)
        return status;
    if (rename_output(file) != 0)
        return rs_error_set_os(err, RS_ERR_OPEN, file->path, errno,
                               "the rows are in '%s', but it cannot take its "
                               "name",
                               file->partial);
    return file->durable ? sync_folder(file, err) : RS_OK;
}

void rs_outfile_abandon(struct rs_outfile *file)
{
    if (file->fd >= 0 && file->owns_fd) {
        if (file->partial != NULL && file->n_bytes == 0)
            (void)unlink(file->partial);
        (void)close(file->fd);
    }
    file->fd = -1;
}

void rs_outfile_clear(struct rs_outfile *file)
{
    rs_outfile_abandon(file);
    free(file->path);
    free(file->partial);
    memset(file, 0, sizeof *file);
    file->fd = -1;
}
