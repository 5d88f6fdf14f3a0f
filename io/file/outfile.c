/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "outfile.h"

#include "folder.h"
#include "mem.h"
#include "partial.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = RS_OUTFILE_PARTIAL;

static const char *shown_name(const struct rs_outfile *file)
{
    return file->path == NULL ? "standard output" : file->path;
}

static enum rs_status check_folder(const char *path, struct rs_error *err)
{
    char *folder = rs_folder_of(path, err);
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

/* Looks at what bears the name of the output. */
static enum rs_status check_target(struct rs_outfile *file, bool *direct,
                                   struct rs_error *err)
{
    struct stat st;

    *direct = false;
    file->keeps_mode = false;
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
    if (*direct)
        return RS_OK;
    if (!file->force)
        return rs_error_set_os(err, RS_ERR_OPEN, file->path, 0,
                               "the output exists already; {force} replaces "
                               "it");
    file->keeps_mode = true;
    file->mode = st.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
    if (rs_input_files_check(file->inputs, file->path, file->path, err) !=
        RS_OK)
        return RS_ERR_USAGE;
    return check_folder(file->path, err);
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

/* Standard output may be closed, open to reading alone, or a file that is
 * read and would get its own results behind it. */
static enum rs_status check_stdout(const struct rs_input_files *inputs,
                                   struct rs_error *err)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    struct stat st;

    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY ||
        fstat(STDOUT_FILENO, &st) != 0)
        return rs_error_set_os(err, RS_ERR_WRITE, "standard output", EBADF,
                               "cannot write");
    if (rs_input_files_find(inputs, &st) != NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "standard output leads to the input '%s'",
                            rs_input_files_find(inputs, &st));
    return RS_OK;
}

static enum rs_status find_partial(struct rs_outfile *file,
                                   struct rs_error *err)
{
    size_t len = strlen(file->path);

    file->partial = rs_alloc(len + sizeof suffix, 1, err);
    if (file->partial == NULL)
        return RS_ERR_NOMEM;
    memcpy(file->partial, file->path, len);
    memcpy(file->partial + len, suffix, sizeof suffix);
    return rs_partial_check(file->partial, file->inputs, err);
}

enum rs_status rs_outfile_init(struct rs_outfile *file,
                               const struct rs_outfile_options *options,
                               struct rs_error *err)
{
    enum rs_status status = RS_OK;
    bool direct = false;

    *file = (struct rs_outfile){.fd = -1,
                                .inputs = options->inputs,
                                .force = options->force,
                                .durable = options->durable,
                                .stop = options->stop};
    if (options->path == NULL || rs_outfile_is_stdout(options->path))
        return check_stdout(options->inputs, err);
    status = follow_link(&file->path, options->path, err);
    if (status != RS_OK)
        return status;
    status = check_target(file, &direct, err);
    if (status == RS_OK && !direct)
        status = find_partial(file, err);
    if (status != RS_OK)
        rs_outfile_clear(file);
    return status;
}

/* Nobody may read more of a private file while it grows than before, and its
 * owner must be able to write to what is left of it. */
static mode_t growing_mode(const struct rs_outfile *file)
{
    const mode_t any =
        S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;

    return file->keeps_mode ? (file->mode & any) | S_IRUSR | S_IWUSR : any;
}

/* What an earlier run has left in it goes. */
static enum rs_status make_empty(const struct rs_outfile *file,
                                 struct rs_error *err)
{
    mode_t mode = growing_mode(file);
    struct stat st;

    if (fstat(file->fd, &st) != 0 ||
        (st.st_size > 0 && ftruncate(file->fd, 0) != 0))
        return rs_error_set_os(err, RS_ERR_OPEN, file->partial, errno,
                               "cannot empty the output");
    if (file->keeps_mode && (st.st_mode & 0777 & ~mode) != 0 &&
        fchmod(file->fd, st.st_mode & mode) != 0)
        return rs_error_set_os(err, RS_ERR_OPEN, file->partial, errno,
                               "cannot give the output the mode of the file "
                               "that it replaces");
    return RS_OK;
}

/* Closes what is not going to be written; what an earlier run has left in it
 * stays. */
static void close_unused(struct rs_outfile *file)
{
    struct stat st;

    if (fstat(file->fd, &st) == 0 && st.st_size == 0)
        rs_partial_remove(file->partial, file->fd);
    (void)close(file->fd);
    file->fd = -1;
}

/* A run that held the lock until now may have finished the output. */
static enum rs_status open_partial(struct rs_outfile *file,
                                   struct rs_error *err)
{
    bool direct = false;
    enum rs_status status = rs_partial_open(
        &file->fd, file->partial, growing_mode(file), file->inputs, err);

    if (status != RS_OK)
        return status;
    file->owns_fd = true;
    status = check_target(file, &direct, err);
    if (status == RS_OK && direct)
        status = rs_error_set_os(err, RS_ERR_OPEN, file->path, 0,
                                 "the output has become a pipe or a device");
    if (status == RS_OK)
        status = make_empty(file, err);
    if (status != RS_OK)
        close_unused(file);
    return status;
}

/* True when a call that a signal has broken off is not to be made again. */
static bool is_stopped(const struct rs_outfile *file)
{
    return file->stop != NULL && *file->stop != 0;
}

static enum rs_status interrupted(struct rs_error *err)
{
    return rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted");
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
    do /* waits for the reader of a FIFO */
        file->fd = open(file->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    while (file->fd < 0 && errno == EINTR && !is_stopped(file));
    if (file->fd < 0 && errno == EINTR)
        return interrupted(err);
    if (file->fd < 0)
        return rs_error_set_os(err, RS_ERR_OPEN, file->path, errno,
                               "cannot open the output");
    file->owns_fd = true;
    return RS_OK;
}

/* What the caller gave as standard output may be set not to block. */
static void wait_for_room(const struct rs_outfile *file)
{
    struct pollfd room = {file->fd, POLLOUT, 0};

    (void)poll(&room, 1, -1); /* broken off: the next write tells */
}

/* A write has failed. RS_OK: it is to be made again. */
static enum rs_status write_failed(const struct rs_outfile *file,
                                   struct rs_error *err)
{
    bool would_wait = errno == EAGAIN || errno == EWOULDBLOCK;

    /* Ctrl-C in a pipeline ends the reader, too. */
    if (is_stopped(file) && (would_wait || errno == EINTR || errno == EPIPE))
        return interrupted(err);
    if (would_wait)
        wait_for_room(file);
    if (would_wait || errno == EINTR)
        return RS_OK;
    return rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                           "write failed after %" PRIu64 " bytes",
                           file->n_bytes);
}

enum rs_status rs_outfile_write(struct rs_outfile *file, const void *bytes,
                                size_t n_bytes, struct rs_error *err)
{
    const char *from = bytes;
    enum rs_status status = RS_OK;

    while (n_bytes > 0 && status == RS_OK) {
        ssize_t done = write(file->fd, from, n_bytes);
        if (done < 0) {
            status = write_failed(file, err);
            continue;
        }
        from += done;
        n_bytes -= (size_t)done;
        file->n_bytes += (uint64_t)done;
        /* In part: it was broken off, or a reader is slow. */
        if (n_bytes > 0 && is_stopped(file))
            status = interrupted(err);
    }
    return status;
}

/* Where a file ends whose last bytes are ours, n_bytes of them not wanted; -1
 * when it is none, or somebody else has written behind them. */
static off_t end_without(const struct rs_outfile *file, uint64_t n_bytes)
{
    struct stat st;
    off_t end = lseek(file->fd, 0, SEEK_CUR);

    if (end < 0 || fstat(file->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
        st.st_size != end || (uint64_t)end < n_bytes)
        return -1;
    return end - (off_t)n_bytes;
}

bool rs_outfile_cut(struct rs_outfile *file, uint64_t n_bytes)
{
    off_t end = 0;

    if (n_bytes == file->n_bytes)
        return true;
    end = end_without(file, file->n_bytes - n_bytes);
    if (end < 0 || ftruncate(file->fd, end) != 0 ||
        lseek(file->fd, end, SEEK_SET) < 0)
        return false;
    file->n_bytes = n_bytes;
    return true;
}

enum rs_status rs_outfile_map(struct rs_outfile *file, void **base,
                              size_t n_bytes, struct rs_error *err)
{
    int why = 0;

    *base = NULL;
    if (file->partial == NULL)
        return rs_error_set_os(err, RS_ERR_OPEN, shown_name(file), 0,
                               "this kind of output needs a regular file");
    if (n_bytes > INT64_MAX)
        return rs_error_set_os(err, RS_ERR_WRITE, file->path, EFBIG,
                               "cannot reserve %zu bytes", n_bytes);
    do
        why = posix_fallocate(file->fd, 0, (off_t)n_bytes);
    while (why == EINTR && !is_stopped(file));
    if (why == EINTR)
        return interrupted(err);
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
    char *folder = rs_folder_of(file->path, err);
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

/* fsync where asked for, and close: the last places a lost write shows. A
 * partial file stays open, and with it the lock; closing another descriptor
 * of it shows as much. */
static enum rs_status flush_checked(struct rs_outfile *file,
                                    struct rs_error *err)
{
    int fd = file->fd;

    if (file->durable && fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
        return rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                               "fsync failed");
    if (file->partial != NULL)
        fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    else
        file->fd = -1;
    /* Standard output is closed too: a full disk may show only here. */
    if (fd < 0 || close(fd) != 0)
        return rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                               "close failed");
    return RS_OK;
}

static enum rs_status keep_mode(const struct rs_outfile *file,
                                struct rs_error *err)
{
    struct stat st;

    if (!file->keeps_mode ||
        (fstat(file->fd, &st) == 0 && (st.st_mode & 0777) == file->mode) ||
        fchmod(file->fd, file->mode) == 0)
        return RS_OK;
    return rs_error_set_os(err, RS_ERR_WRITE, shown_name(file), errno,
                           "the rows are in '%s', but it cannot take the mode "
                           "of the file that it replaces",
                           file->partial);
}

enum rs_status rs_outfile_finish(struct rs_outfile *file, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    if (file->partial != NULL)
        status = keep_mode(file, err);
    if (status == RS_OK)
        status = flush_checked(file, err);
    if (status != RS_OK || file->partial == NULL)
        return status;
    status = rs_partial_rename(file->partial, file->fd, file->path, file->force,
                               err);
    file->renamed = status == RS_OK;
    if (status == RS_OK && file->durable)
        status = sync_folder(file, err);
    (void)close(file->fd); /* has nothing left to write */
    file->fd = -1;
    return status;
}

void rs_outfile_abandon(struct rs_outfile *file)
{
    if (file->fd >= 0 && file->owns_fd) {
        if (file->partial != NULL && file->n_bytes == 0)
            rs_partial_remove(file->partial, file->fd);
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
