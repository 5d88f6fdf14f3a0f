/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* mremap */
#include "bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rs_status grow(struct rs_pages *pages, size_t bytes,
                           struct rs_error *err)
{
    struct rs_pages more;
    enum rs_status status = RS_OK;

    if (pages->base == NULL) {
        status = rs_pages_new(&more, bytes, err);
    } else {
        more.bytes = bytes;
        more.base = mremap(pages->base, pages->bytes, bytes, MREMAP_MAYMOVE);
        if (more.base == MAP_FAILED)
            status = rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                                     "cannot hold %zu bytes of input", bytes);
    }
    if (status == RS_OK)
        *pages = more;
    return status;
}

/* Reads a pipe to its end. */
static enum rs_status hold(struct rs_bytes *bytes, struct rs_error *err)
{
    size_t used = 0;

    for (;;) {
        ssize_t n = 0;
        if (used == bytes->held.bytes) {
            size_t more = used == 0 ? (size_t)1 << 22 : 2 * used;
            enum rs_status status = grow(&bytes->held, more, err);
            if (status != RS_OK)
                return status;
        }
        n = read(bytes->fd, (char *)bytes->held.base + used,
                 bytes->held.bytes - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return rs_error_set_os(err, RS_ERR_READ, bytes->path, errno,
                                   "read failed");
        if (n == 0)
            break;
        used += (size_t)n;
    }
    bytes->size = used;
    if (bytes->owns_fd)
        (void)close(bytes->fd);
    bytes->fd = -1;
    return RS_OK;
}

/* Standard input that is a file may have been read in part already: only
 * from its beginning on is it treated as a file. */
static bool is_whole_file(const struct rs_bytes *bytes, const struct stat *st)
{
    return S_ISREG(st->st_mode) &&
           (bytes->owns_fd || lseek(bytes->fd, 0, SEEK_CUR) == 0);
}

enum rs_status rs_bytes_open(struct rs_bytes *out, const char *path,
                             struct rs_error *err)
{
    struct stat st;
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->fd = -1;
    out->path = rs_text_copy(path, strlen(path), err);
    if (out->path == NULL)
        return RS_ERR_NOMEM;
    out->owns_fd = strcmp(path, "-") != 0;
    out->fd = out->owns_fd ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
                           : STDIN_FILENO;
    if (out->fd < 0 || fstat(out->fd, &st) != 0)
        status = rs_error_set_os(err, RS_ERR_OPEN, path, errno, "cannot open");
    else if (S_ISDIR(st.st_mode))
        status = rs_error_set_os(err, RS_ERR_OPEN, path, EISDIR, "cannot read");
    else if (is_whole_file(out, &st))
        out->size = (uint64_t)st.st_size;
    else
        status = hold(out, err);
    if (status != RS_OK)
        rs_bytes_close(out);
    return status;
}

void rs_bytes_close(struct rs_bytes *bytes)
{
    if (bytes->fd >= 0 && bytes->owns_fd)
        (void)close(bytes->fd);
    rs_pages_free(&bytes->held);
    free(bytes->path);
    memset(bytes, 0, sizeof *bytes);
    bytes->fd = -1;
}

enum rs_status rs_bytes_read(const char **at, size_t *n_read,
                             const struct rs_bytes *bytes, uint64_t offset,
                             char *buffer, size_t n, struct rs_error *err)
{
    size_t done = 0;

    if (offset >= bytes->size)
        n = 0;
    else if (n > bytes->size - offset)
        n = (size_t)(bytes->size - offset);
    *n_read = n;
    *at = buffer;
    if (bytes->fd < 0) {
        *at = n > 0 ? (const char *)bytes->held.base + offset : buffer;
        return RS_OK;
    }
    while (done < n) {
        ssize_t got =
            pread(bytes->fd, buffer + done, n - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return rs_error_set_os(err, RS_ERR_READ, bytes->path, errno,
                                   "read failed");
        if (got == 0)
            return rs_error_set_os(err, RS_ERR_READ, bytes->path, 0,
                                   "the file became shorter while it was "
                                   "read");
        done += (size_t)got;
    }
    return RS_OK;
}
