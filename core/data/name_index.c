/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "name_index.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum { NEAREST_LEN = 64 }; /* longer names are compared by their beginning */

/* By name, then by position. */
static int compare(const struct rs_name_index *names, size_t a, size_t b)
{
    int order = strcmp(names->names[a], names->names[b]);

    if (order != 0)
        return order;
    return a < b ? -1 : a > b;
}

/* Heap sort, because qsort would need the names as a global. */
static void sift_down(const struct rs_name_index *names, size_t root, size_t n)
{
    size_t *heap = names->sorted;

    for (size_t child = 2 * root + 1; child < n; child = 2 * root + 1) {
        size_t kept = heap[root];
        if (child + 1 < n && compare(names, heap[child], heap[child + 1]) < 0)
            child++;
        if (compare(names, kept, heap[child]) >= 0)
            return;
        heap[root] = heap[child];
        heap[child] = kept;
        root = child;
    }
}

static void sort_positions(const struct rs_name_index *names)
{
    size_t *heap = names->sorted;

    for (size_t i = 0; i < names->n; i++)
        heap[i] = i;
    for (size_t i = names->n / 2; i > 0; i--)
        sift_down(names, i - 1, names->n);
    for (size_t end = names->n; end > 1; end--) {
        size_t top = heap[0];
        heap[0] = heap[end - 1];
        heap[end - 1] = top;
        sift_down(names, 0, end - 1);
    }
}

enum rs_status rs_name_index_init(struct rs_name_index *out,
                                  const char *const *names, size_t n,
                                  struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->names = names;
    out->n = n;
    out->sorted = rs_alloc(n, sizeof *out->sorted, err);
    out->rank = rs_alloc(n, sizeof *out->rank, err);
    if (out->sorted == NULL || out->rank == NULL) {
        rs_name_index_clear(out);
        return RS_ERR_NOMEM;
    }
    sort_positions(out);
    for (size_t i = 0; i < n; i++)
        out->rank[out->sorted[i]] = i;
    return RS_OK;
}

void rs_name_index_clear(struct rs_name_index *names)
{
    free(names->sorted);
    free(names->rank);
    memset(names, 0, sizeof *names);
}

/* As strcmp(name, text) for a text of len bytes. */
static int compare_text(const char *name, const char *text, size_t len)
{
    int order = strncmp(name, text, len);

    if (order != 0)
        return order;
    return name[len] != '\0';
}

size_t rs_name_index_find(const struct rs_name_index *names, const char *text,
                          size_t len)
{
    size_t low = 0;
    size_t high = names->n;

    while (low < high) { /* the first that is not below text */
        size_t middle = low + (high - low) / 2;
        const char *name = names->names[names->sorted[middle]];
        if (compare_text(name, text, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < names->n &&
        compare_text(names->names[names->sorted[low]], text, len) == 0)
        return names->sorted[low];
    return names->n;
}

size_t rs_name_index_twin(const struct rs_name_index *names, size_t position)
{
    const char *name = names->names[position];
    size_t rank = names->rank[position];

    if (rank > 0 && strcmp(names->names[names->sorted[rank - 1]], name) == 0)
        return names->sorted[rank - 1];
    if (rank + 1 < names->n &&
        strcmp(names->names[names->sorted[rank + 1]], name) == 0)
        return names->sorted[rank + 1];
    return names->n;
}

static unsigned char fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Levenshtein distance of the first NEAREST_LEN bytes, letters' case not
 * counted (Wagner and Fischer 1974, one row at a time). */
static size_t distance(const char *a, const char *b)
{
    size_t row[NEAREST_LEN + 1];
    size_t n_a = strnlen(a, NEAREST_LEN);
    size_t n_b = strnlen(b, NEAREST_LEN);

    for (size_t j = 0; j <= n_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t cost = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
            size_t next = least(row[j] + 1, row[j - 1] + 1, diagonal + cost);
            diagonal = row[j];
            row[j] = next;
        }
    }
    return row[n_b];
}

/* Whether one begins with the other, letters' case not counted, and at least
 * three of them. */
static bool begins_alike(const char *a, const char *b)
{
    size_t n = 0;

    while (a[n] != '\0' && fold(a[n]) == fold(b[n]))
        n++;
    return n >= 3 && (a[n] == '\0' || b[n] == '\0');
}

size_t rs_names_nearest(const char *text, const char *const *names, size_t n)
{
    size_t length = strnlen(text, NEAREST_LEN);
    size_t best = n;
    size_t best_distance = (length + 2) / 3 + 1;

    if (best_distance > length) /* a letter is not like any other */
        best_distance = length;
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(text, names[i]);
        if (d < best_distance) {
            best = i;
            best_distance = d;
        }
    }
    for (size_t i = 0; best == n && i < n; i++)
        if (begins_alike(text, names[i]))
            return i;
    return best;
}
