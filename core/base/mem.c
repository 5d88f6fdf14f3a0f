/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise */
#include "mem.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const size_t huge_page = (size_t)2 << 20;

bool rs_size_mul(size_t *product, size_t a, size_t b)
{
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *product = a * b;
    return true;
}

void *rs_alloc(size_t n, size_t size, struct rs_error *err)
{
    size_t bytes = 0;
    void *p =
        rs_size_mul(&bytes, n, size) ? calloc(n == 0 ? 1 : n, size) : NULL;

    if (p == NULL)
        (void)rs_error_set(err, RS_ERR_NOMEM,
                           "out of memory for %zu elements of %zu bytes", n,
                           size);
    return p;
}

void *rs_grow(void *array, size_t n, size_t size, struct rs_error *err)
{
    void *more = array;

    if ((n & (n - 1)) == 0)
        more = realloc(array, (n == 0 ? 1 : 2 * n) * size);
    if (more == NULL)
        (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    return more;
}

char *rs_text_copy(const char *text, size_t len, struct rs_error *err)
{
    char *copy = rs_alloc(len + 1, 1, err);

    if (copy != NULL)
        memcpy(copy, text, len);
    return copy;
}

enum rs_status rs_pages_new(struct rs_pages *out, size_t bytes,
                            struct rs_error *err)
{
    void *base = NULL;
    size_t size = 0;

    out->base = NULL;
    out->bytes = 0;
    if (bytes > SIZE_MAX - huge_page)
        return rs_error_set(err, RS_ERR_NOMEM, "%zu bytes are too many", bytes);
    /* Whole huge pages only pay for themselves in big mappings. */
    size = bytes < huge_page ? (bytes == 0 ? 1 : bytes)
                             : (bytes + huge_page - 1) / huge_page * huge_page;
    base = mmap(NULL, size, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        return rs_error_set_os(err, RS_ERR_NOMEM, NULL, errno,
                               "cannot map %zu bytes for the data", size);
    if (size >= huge_page)
        (void)madvise(base, size, MADV_HUGEPAGE); /* a wish, not a need */
    out->base = base;
    out->bytes = size;
    return RS_OK;
}

void rs_pages_free(struct rs_pages *pages)
{
    if (pages->base != NULL)
        (void)munmap(pages->base, pages->bytes);
    pages->base = NULL;
    pages->bytes = 0;
}
