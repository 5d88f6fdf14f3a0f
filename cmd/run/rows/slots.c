/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slots.h"

/* All slots together, as far as two for each worker allow. */
static const size_t all_slots = (size_t)64 << 20;

size_t rs_slots_share(unsigned n_workers)
{
    return all_slots / (n_workers + 2);
}

static unsigned count(size_t bytes, unsigned n_workers)
{
    size_t most = all_slots / bytes;
    unsigned least = n_workers + 2;
    unsigned wanted = 2 * n_workers + 2;

    if (wanted > most)
        wanted = (unsigned)most;
    return wanted > least ? wanted : least;
}

struct rs_slots rs_slots_for(const struct rs_collector *collector,
                             const struct rs_run_part *parts, size_t n,
                             unsigned n_workers)
{
    size_t bytes = 0;

    for (size_t i = 0; i < n; i++) {
        size_t own =
            collector->ops->slot_bytes(collector, &parts[i], n_workers);
        bytes = own > bytes ? own : bytes;
    }
    return (struct rs_slots){bytes, count(bytes, n_workers)};
}
