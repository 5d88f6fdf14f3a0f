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

static const size_t least_held = (size_t)1 << 22;

enum rs_status rs_bytes_room(struct rs_pages *held, size_t bytes,
                             struct rs_error *err)
{
    void *base = NULL;
    size_t more = held->bytes > 0 ? 2 * held->bytes : least_held;

    if (bytes <= held->bytes)
        return RS_OK;
    more = more < bytes ? bytes : more;
    if (held->base == NULL)
        return rs_pages_new(held, more, err);
    base = mremap(held->base, held->bytes, more, MREMAP_MAYMOVE);
    if (base == MAP_FAILED)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "cannot hold %zu bytes of input", more);
    held->base = base;
    held->bytes = more;
    return RS_OK;
}

void rs_bytes_replace(struct rs_bytes *bytes, struct rs_pages *held,
                      size_t size)
{
    rs_pages_free(&bytes->held);
    if (bytes->fd >= 0 && bytes->owns_fd)
        (void)close(bytes->fd);
    bytes->fd = -1;
    bytes->held = *held;
    bytes->size = size;
    held->base = NULL;
    held->bytes = 0;
}

/* Reads a pipe to its end. */
static enum rs_status hold(struct rs_bytes *bytes, struct rs_error *err)
{
    struct rs_pages held = {NULL, 0};
    size_t used = 0;

    for (;;) {
        enum rs_status status = rs_bytes_room(&held, used + 1, err);
        ssize_t n = 0;
        if (status == RS_OK)
            n = read(bytes->fd, (char *)held.base + used, held.bytes - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            status = rs_error_set_os(err, RS_ERR_READ, bytes->path, errno,
                                     "read failed");
        if (status != RS_OK) {
            rs_pages_free(&held);
            return status;
        }
        if (n == 0)
            break;
        used += (size_t)n;
    }
    rs_bytes_replace(bytes, &held, used);
    return RS_OK;
}

/* Standard input that is a file may have been read in part already: only
 * from its beginning on is it treated as a file. */
static bool is_whole_file(const struct rs_bytes *bytes, const struct stat *st)
{
    return S_ISREG(st->st_mode) &&
           (bytes->owns_fd || lseek(bytes->fd, 0, SEEK_CUR) == 0);
}

static void add_hash(struct rs_hashes *hashes, const struct rs_bytes *bytes)
{
    if (bytes->fd >= 0)
        rs_hashes_add_file(hashes, bytes->fd, bytes->size);
    else
        rs_hashes_add_bytes(hashes, bytes->held.base, (size_t)bytes->size);
}

enum rs_status rs_bytes_open(struct rs_bytes *out, const char *path,
                             struct rs_hashes *hashes, struct rs_error *err)
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
    if (status == RS_OK && hashes != NULL)
        add_hash(hashes, out);
    if (status != RS_OK) {
        rs_bytes_close(out);
        return rs_error_in_file(err, status, path);
    }
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
