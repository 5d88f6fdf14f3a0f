/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "distinct.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { SLOT_BITS = 12 };

static_assert(1 << SLOT_BITS == RS_DISTINCT_SLOTS, "bits of a slot's number");

/* Multiplicative hashing (Knuth, TAOCP 3, 6.4), by the golden ratio. */
static size_t slot_of(double value)
{
    uint64_t bits = 0;

    memcpy(&bits, &value, sizeof bits);
    return (size_t)(((bits ^ bits >> 32) * UINT64_C(0x9e3779b97f4a7c15)) >>
                    (64 - SLOT_BITS));
}

/* Takes back what was met: the slots are many more than the values may be. */
static void forget(struct rs_distinct *met)
{
    if (met->n > 0)
        memset(met->slots, 0, sizeof met->slots);
    met->n = 0;
}

/* Whether there is room: a value that was met needs none. */
static bool meet(struct rs_distinct *met, double value)
{
    size_t slot = slot_of(value);

    for (; met->slots[slot] != 0; slot = (slot + 1) % RS_DISTINCT_SLOTS)
        if (met->values[met->slots[slot] - 1] == value)
            return true;
    if (met->n == RS_DISTINCT_MOST)
        return false;
    met->values[met->n++] = value;
    met->slots[slot] = (uint16_t)met->n;
    return true;
}

size_t rs_distinct_count(struct rs_distinct *out, const double *values,
                         size_t n)
{
    double last = 0.0;

    forget(out);
    for (size_t i = 0; i < n; i++) {
        double value = values[i] + 0.0; /* -0 is 0 */
        if (value != value || (value == last && out->n > 0))
            continue;
        if (!meet(out, value))
            return RS_DISTINCT_MOST + 1;
        last = value;
    }
    return out->n;
}
