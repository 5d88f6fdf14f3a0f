/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_file.h"

#include "folder.h"
#include "mem.h"
#include "nameless.h"
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum rs_status rs_bench_file_new(struct rs_outfile *out, const char *folder,
                                 struct rs_error *err)
{
    if (folder == NULL)
        folder = rs_temporary_folder();
    memset(out, 0, sizeof *out);
    out->fd = -1;
    out->path = rs_text_copy(folder, strlen(folder), err);
    if (out->path == NULL)
        return RS_ERR_NOMEM;
    out->fd = rs_nameless_open(folder);
    if (out->fd < 0)
        return rs_error_set_os(err, RS_ERR_OPEN, folder, errno,
                               "cannot create a temporary file there");
    out->owns_fd = true;
    return RS_OK;
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

/* In the folder of a file's name. */
static enum rs_status beside(struct rs_outfile *out, const char *path,
                             struct rs_error *err)
{
    char *folder = rs_folder_of(path, err);
    enum rs_status status = RS_ERR_NOMEM;

    memset(out, 0, sizeof *out);
    out->fd = -1;
    if (folder != NULL)
        status = rs_bench_file_new(out, folder, err);
    free(folder);
    return status;
}

enum rs_status rs_bench_file_output(struct rs_outfile *out, const char *path,
                                    bool durable, struct rs_error *err)
{
    struct stat st;
    bool there = path != NULL && stat(path, &st) == 0;
    enum rs_status status = RS_OK;

    if (path == NULL)
        status = rs_bench_file_new(out, NULL, err);
    else if (there && S_ISDIR(st.st_mode))
        status = rs_bench_file_new(out, path, err);
    else if (there && !S_ISREG(st.st_mode))
        status = open_itself(out, path, err);
    else
        status = beside(out, path, err);
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
