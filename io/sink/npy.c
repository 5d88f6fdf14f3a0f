/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* htole32 */
#include "npy.h"

#include "mem.h"
#include "utf8.h"

#include <assert.h>
#include <endian.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static_assert(__BYTE_ORDER == __LITTLE_ENDIAN,
              "the workers' doubles are the file's");

/* Headers are filled up to this: the numbers behind them are aligned. */
enum { UNIT = 64, PREFIX = 10, HEADER_ROOM = 256 };

struct npy {
    struct rs_matrix base; /* its cells are within the mapping */
    struct rs_outfile file;
    void *mapping;
    size_t bytes;
    char header[HEADER_ROOM];
    size_t header_bytes;
};

/* One side's names, as fixed-length texts of UCS-4. */
struct names {
    const char *(*name)(const void *ctx, size_t ix);
    const void *ctx;
    size_t n;
    size_t longest; /* in characters; at least 1 */
};

/* ---- headers ----------------------------------------------------- */

/* Magic, version, length, and a Python dictionary; returns its bytes.
 * n_x = 0: one dimension. */
static size_t make_header(char out[HEADER_ROOM], const char *type, size_t n_y,
                          size_t n_x)
{
    char text[HEADER_ROOM];
    size_t size = 0;
    int len = 0;

    if (n_x > 0)
        len = snprintf(text, sizeof text,
                       "{'descr': '%s', 'fortran_order': False, "
                       "'shape': (%zu, %zu), }",
                       type, n_y, n_x);
    else
        len = snprintf(text, sizeof text,
                       "{'descr': '%s', 'fortran_order': False, "
                       "'shape': (%zu,), }",
                       type, n_y);
    size = (PREFIX + (size_t)len + 1 + UNIT - 1) / UNIT * UNIT;
    memset(out, ' ', size);
    memcpy(out, "\x93NUMPY\x01\x00", 8);
    out[8] = (char)((size - PREFIX) & 0xff);
    out[9] = (char)((size - PREFIX) >> 8);
    memcpy(out + PREFIX, text, (size_t)len);
    out[size - 1] = '\n';
    return size;
}

/* ---- names ------------------------------------------------------- */

/* The next character of a text in UTF-8, which moves on; what is none counts
 * byte by byte as U+FFFD. 0: the end. */
static uint32_t next_char(const char **text)
{
    uint32_t c = 0;
    size_t len = rs_utf8_next(&c, *text);

    if (c != 0)
        *text += len == 0 ? 1 : len;
    return len == 0 ? 0xfffd : c;
}

static struct names find_names(const char *(*name)(const void *, size_t),
                               const void *ctx, size_t n)
{
    struct names names = {name, ctx, n, 1};

    for (size_t i = 0; i < n; i++) {
        const char *text = name(ctx, i);
        size_t len = 0;
        while (next_char(&text) != 0)
            len++;
        names.longest = len > names.longest ? len : names.longest;
    }
    return names;
}

static size_t names_header(char out[HEADER_ROOM], const struct names *names)
{
    char type[32];

    (void)snprintf(type, sizeof type, "<U%zu", names->longest);
    return make_header(out, type, names->n, 0);
}

/* Bytes of the array with its header; false when they do not fit a size. */
static bool names_bytes(size_t *bytes, const struct names *names)
{
    char header[HEADER_ROOM];
    size_t each = 0;

    return rs_size_mul(&each, names->longest, sizeof(uint32_t)) &&
           rs_size_mul(bytes, each, names->n) &&
           !__builtin_add_overflow(*bytes, names_header(header, names), bytes);
}

static enum rs_status write_names(struct npy *npy, size_t at,
                                  const struct names *names,
                                  struct rs_error *err)
{
    char header[HEADER_ROOM];
    size_t header_bytes = names_header(header, names);
    size_t each = names->longest * sizeof(uint32_t);
    uint32_t *chars = rs_alloc(names->longest, sizeof *chars, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (chars == NULL)
        return status;
    status = rs_outfile_write_at(&npy->file, at, header, header_bytes, err);
    at += header_bytes;
    for (size_t i = 0; i < names->n && status == RS_OK; i++) {
        const char *text = names->name(names->ctx, i);
        for (size_t k = 0; k < names->longest; k++)
            chars[k] = htole32(next_char(&text));
        status =
            rs_outfile_write_at(&npy->file, at + i * each, chars, each, err);
    }
    free(chars);
    return status;
}

/* ---- life -------------------------------------------------------- */

static enum rs_status fill(struct npy *npy, const struct rs_matrix_shape *shape,
                           struct rs_error *err)
{
    size_t cells = rs_matrix_bytes(shape->n_y, shape->n_x, shape->matched);
    const struct names y = find_names(shape->name_y, shape->ctx, shape->n_y);
    const struct names x = find_names(shape->name_x, shape->ctx, shape->n_x);
    size_t bytes_y = 0;
    size_t bytes_x = 0;
    size_t at = 0;
    enum rs_status status = RS_OK;

    npy->header_bytes = make_header(npy->header, "<f8", shape->n_y,
                                    shape->matched ? 0 : shape->n_x);
    if (!names_bytes(&bytes_y, &y) || !names_bytes(&bytes_x, &x) ||
        __builtin_add_overflow(cells, npy->header_bytes, &at) ||
        __builtin_add_overflow(at, bytes_y, &npy->bytes) ||
        __builtin_add_overflow(npy->bytes, bytes_x, &npy->bytes))
        npy->bytes = SIZE_MAX; /* for the error that no disk has so much */
    status = rs_outfile_map(&npy->file, &npy->mapping, npy->bytes, err);
    if (status != RS_OK)
        return status;
    npy->base.cells = (double *)((char *)npy->mapping + npy->header_bytes);
    status = write_names(npy, at, &y, err);
    if (status == RS_OK)
        status = write_names(npy, at + bytes_y, &x, err);
    return status;
}

static void unmap(struct npy *npy)
{
    if (npy->mapping != NULL)
        (void)munmap(npy->mapping, npy->bytes);
    npy->mapping = NULL;
    npy->base.cells = NULL;
}

static enum rs_status finish(struct rs_matrix *base, struct rs_error *err)
{
    struct npy *npy = (struct npy *)base;
    const atomic_int *stop = npy->file.stop;
    enum rs_status status =
        rs_outfile_write_at(&npy->file, 0, npy->header, npy->header_bytes, err);

    unmap(npy);
    if (status == RS_OK && stop != NULL && *stop != 0)
        status = rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted");
    return status == RS_OK ? rs_outfile_finish(&npy->file, err) : status;
}

static void free_npy(struct rs_matrix *base)
{
    struct npy *npy = (struct npy *)base;

    unmap(npy);
    rs_outfile_clear(&npy->file);
    free(npy);
}

static const struct rs_matrix_ops ops = {.finish = finish, .free = free_npy};

static enum rs_status make_matrix(struct rs_matrix **out,
                                  const struct rs_matrix_shape *shape,
                                  const struct rs_place *place,
                                  struct rs_error *err)
{
    const struct rs_outfile_options options = rs_place_outfile(place);
    struct npy *npy = rs_alloc(1, sizeof *npy, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (npy == NULL)
        return RS_ERR_NOMEM;
    npy->base.ops = &ops;
    npy->file.fd = -1;
    status = rs_outfile_init(&npy->file, &options, err);
    if (status == RS_OK)
        status = rs_outfile_open(&npy->file, err);
    if (status == RS_OK)
        status = fill(npy, shape, err);
    if (status == RS_OK)
        *out = &npy->base;
    else
        free_npy(&npy->base);
    return status;
}

/* ---- the kind ---------------------------------------------------- */

/* A matrix is filled in place: not through a pipe. */
static enum rs_status check(const struct rs_sink_config *config,
                            struct rs_error *err)
{
    struct rs_outfile probe;
    const struct rs_outfile_options options = rs_place_outfile(&config->place);
    enum rs_status status = rs_outfile_init(&probe, &options, err);

    if (status == RS_OK && probe.partial == NULL)
        status = rs_error_set_os(err, RS_ERR_OPEN, config->place.path, 0,
                                 "a matrix (npy) needs a regular file");
    rs_outfile_clear(&probe);
    return status;
}

static const char *const marks[] = {".npy", NULL};

const struct rs_output_kind rs_output_npy = {
    .name = "npy",
    .what = "a matrix (npy)",
    .marks = marks,
    .can = RS_OUTPUT_MATRIX,
    .check = check,
    .make_matrix = make_matrix,
};
