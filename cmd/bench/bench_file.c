/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_file.h"

#include "mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char pattern[] = "/regsweep-bench.XXXXXX";

/* folder: [folder_len] bytes. */
static enum rs_status make_in(struct rs_outfile *out, const char *folder,
                              size_t folder_len, struct rs_error *err)
{
    char *path = rs_alloc(folder_len + sizeof pattern, 1, err);

    memset(out, 0, sizeof *out);
    out->fd = -1;
    if (path == NULL)
        return RS_ERR_NOMEM;
    memcpy(path, folder, folder_len);
    memcpy(path + folder_len, pattern, sizeof pattern);
    out->path = path;
    out->fd = mkstemp(path);
    if (out->fd < 0) {
        int why = errno;
        path[folder_len] = '\0';
        return rs_error_set_os(err, RS_ERR_OPEN, folder_len > 0 ? path : "/",
                               why, "cannot create a temporary file there");
    }
    out->owns_fd = true;
    (void)unlink(path);
    (void)fcntl(out->fd, F_SETFD, FD_CLOEXEC);
    return RS_OK;
}

enum rs_status rs_bench_file_new(struct rs_outfile *out, const char *folder,
                                 struct rs_error *err)
{
    if (folder == NULL)
        folder = getenv("TMPDIR");
    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    return make_in(out, folder, strlen(folder), err);
}

static enum rs_status open_itself(struct rs_outfile *out, const char *path,
                                  struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->fd = -1;
    out->path = rs_text_copy(path, strlen(path), err);
    if (out->path == NULL)
        return RS_ERR_NOMEM;
    out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (out->fd < 0)
        return rs_error_set_os(err, RS_ERR_OPEN, path, errno,
                               "cannot open the output");
    out->owns_fd = true;
    return RS_OK;
}

enum rs_status rs_bench_file_output(struct rs_outfile *out, const char *path,
                                    bool durable, struct rs_error *err)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    struct stat st;
    enum rs_status status = RS_OK;

    if (path == NULL)
        status = rs_bench_file_new(out, NULL, err);
    else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        status = rs_bench_file_new(out, path, err);
    else if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        status = open_itself(out, path, err);
    else if (slash == NULL)
        status = rs_bench_file_new(out, ".", err);
    else /* the pattern begins with the slash */
        status = make_in(out, path, (size_t)(slash - path), err);
    out->durable = durable;
    return status;
}

enum rs_status rs_bench_file_empty(struct rs_outfile *file,
                                   struct rs_error *err)
{
    struct stat st;

    file->n_bytes = 0;
    if (fstat(file->fd, &st) == 0 && !S_ISREG(st.st_mode))
        return RS_OK;
    if (ftruncate(file->fd, 0) != 0 || lseek(file->fd, 0, SEEK_SET) != 0)
        return rs_error_set_os(err, RS_ERR_WRITE, file->path, errno,
                               "cannot empty the output");
    return RS_OK;
}

enum rs_status rs_bench_file_sync(const struct rs_outfile *file,
                                  struct rs_error *err)
{
    /* Pipes and some devices cannot be synchronised, and need not be. */
    if (file->durable && fsync(file->fd) != 0 && errno != EINVAL &&
        errno != EROFS)
        return rs_error_set_os(err, RS_ERR_WRITE, file->path, errno,
                               "fsync failed");
    return RS_OK;
}
