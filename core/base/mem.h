/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MEM_H
#define RS_MEM_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Memory with checked sizes. Small things come from rs_alloc; the big input
 * arrays from rs_pages, which asks for huge pages because a 4 KiB page fault
 * costs microseconds and every worker would pay it again.
 */

/* True when a * b fits a size_t; *product is set then. */
bool rs_size_mul(size_t *product, size_t a, size_t b);

/*
 * Zeroed array of n elements.
 * Owns: the caller frees with free(). Errors: NULL and err filled.
 * n = 0 gives a valid pointer.
 */
void *rs_alloc(size_t n, size_t size, struct rs_error *err);

/*
 * Room for one more element behind n: an array that has always grown so
 * doubles whenever n is a power of two.
 * array  in  [n] NULL where n is 0; valid still after an error
 * Returns the array, for free(). Errors: NULL and err filled.
 */
void *rs_grow(void *array, size_t n, size_t size, struct rs_error *err);

/* A copy of a text of len bytes, NUL behind it. Owns and errors as above. */
char *rs_text_copy(const char *text, size_t len, struct rs_error *err);

/* A private, zeroed, page-aligned mapping in huge pages where possible. */
struct rs_pages {
    void *base; /* NULL when empty */
    size_t bytes;
};

/*
 * Maps at least `bytes`. Pages are touched by nobody yet, so parallel
 * threads may fault them in. Errors: RS_ERR_NOMEM, *out empty.
 * Owns: the caller unmaps with rs_pages_free.
 */
enum rs_status rs_pages_new(struct rs_pages *out, size_t bytes,
                            struct rs_error *err) RS_MUST_CHECK;

/* Unmaps; does nothing on an empty one. */
void rs_pages_free(struct rs_pages *pages);

#endif
