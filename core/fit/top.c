/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A heap whose first fit is its worst. */
struct heap {
    struct rs_top_fit *fits; /* [n] */
    size_t n, room;
};

struct rs_top {
    size_t most;        /* fits of a heap */
    struct heap *heaps; /* [n_heaps] */
    size_t n_heaps;
    size_t *used; /* [n_used] heaps that hold something */
    size_t n_used;
    struct rs_top_fit *sorted;
};

enum rs_status rs_top_new(struct rs_top **out, size_t n_heaps, size_t most,
                          struct rs_error *err)
{
    struct rs_top *top = rs_alloc(1, sizeof *top, err);

    *out = NULL;
    if (top == NULL)
        return RS_ERR_NOMEM;
    top->most = most;
    top->n_heaps = n_heaps;
    top->heaps = rs_alloc(top->n_heaps, sizeof *top->heaps, err);
    top->used = rs_alloc(top->n_heaps, sizeof *top->used, err);
    if (top->heaps == NULL || top->used == NULL) {
        rs_top_free(top);
        return RS_ERR_NOMEM;
    }
    *out = top;
    return RS_OK;
}

void rs_top_free(struct rs_top *top)
{
    if (top == NULL)
        return;
    for (size_t i = 0; top->heaps != NULL && i < top->n_heaps; i++)
        free(top->heaps[i].fits);
    free(top->heaps);
    free(top->used);
    free(top->sorted);
    free(top);
}

void rs_top_clear(struct rs_top *top)
{
    for (size_t i = 0; i < top->n_used; i++)
        top->heaps[top->used[i]].n = 0;
    top->n_used = 0;
}

/* ln p, a perfect fit's below any other; that of a fit without p above. */
static double rank_of(const struct rs_fit *fit)
{
    if (fit->outcome == RS_FIT_PERFECT)
        return -INFINITY;
    return isnan(fit->log_p) ? INFINITY : fit->log_p;
}

/* Below 0 when a is the better one. */
static int compare(const void *left, const void *right)
{
    const struct rs_top_fit *a = left;
    const struct rs_top_fit *b = right;
    double pa = rank_of(&a->fit);
    double pb = rank_of(&b->fit);

    if (pa != pb)
        return pa < pb ? -1 : 1;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    if (a->y_ix != b->y_ix)
        return a->y_ix < b->y_ix ? -1 : 1;
    return a->x_ix < b->x_ix ? -1 : a->x_ix > b->x_ix;
}

static void swap(struct rs_top_fit *a, struct rs_top_fit *b)
{
    struct rs_top_fit t = *a;

    *a = *b;
    *b = t;
}

static void sift_up(struct rs_top_fit *fits, size_t at)
{
    while (at > 0 && compare(&fits[(at - 1) / 2], &fits[at]) < 0) {
        swap(&fits[(at - 1) / 2], &fits[at]);
        at = (at - 1) / 2;
    }
}

static void sift_down(struct rs_top_fit *fits, size_t n)
{
    size_t at = 0;

    for (;;) {
        size_t worst = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < n;
             child++)
            if (compare(&fits[worst], &fits[child]) < 0)
                worst = child;
        if (worst == at)
            return;
        swap(&fits[at], &fits[worst]);
        at = worst;
    }
}

static enum rs_status make_room(struct heap *heap, size_t most,
                                struct rs_error *err)
{
    size_t room = heap->room == 0 ? 8 : 2 * heap->room;
    struct rs_top_fit *fits = NULL;

    if (heap->n < heap->room)
        return RS_OK;
    if (room > most)
        room = most;
    fits = realloc(heap->fits, room * sizeof *fits);
    if (fits == NULL)
        return rs_error_set(err, RS_ERR_NOMEM,
                            "out of memory for the best pairs");
    heap->fits = fits;
    heap->room = room;
    return RS_OK;
}

enum rs_status rs_top_offer(struct rs_top *top, size_t ix,
                            const struct rs_top_fit *fit, struct rs_error *err)
{
    struct heap *heap = &top->heaps[ix];
    enum rs_status status = RS_OK;

    if (heap->n == top->most) {
        if (compare(fit, &heap->fits[0]) < 0) {
            heap->fits[0] = *fit;
            sift_down(heap->fits, heap->n);
        }
        return RS_OK;
    }
    status = make_room(heap, top->most, err);
    if (status != RS_OK)
        return status;
    if (heap->n == 0)
        top->used[top->n_used++] = ix;
    heap->fits[heap->n] = *fit;
    sift_up(heap->fits, heap->n++);
    return RS_OK;
}

bool rs_top_would_take(const struct rs_top *top, const struct rs_fit *fit)
{
    const struct heap *heap = &top->heaps[0];

    return heap->n < top->most || !(rank_of(fit) > rank_of(&heap->fits[0].fit));
}

static int compare_places(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;

    return a < b ? -1 : a > b;
}

const struct rs_top_fit *rs_top_sorted(struct rs_top *top, size_t *n,
                                       struct rs_error *err)
{
    size_t total = 0;

    for (size_t i = 0; i < top->n_used; i++)
        total += top->heaps[top->used[i]].n;
    free(top->sorted);
    top->sorted = rs_alloc(total, sizeof *top->sorted, err);
    *n = 0;
    if (top->sorted == NULL)
        return NULL;
    qsort(top->used, top->n_used, sizeof *top->used, compare_places);
    for (size_t i = 0; i < top->n_used; i++) {
        const struct heap *heap = &top->heaps[top->used[i]];
        memcpy(&top->sorted[*n], heap->fits, heap->n * sizeof *heap->fits);
        qsort(&top->sorted[*n], heap->n, sizeof *heap->fits, compare);
        *n += heap->n;
    }
    return top->sorted;
}
