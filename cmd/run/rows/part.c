/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "part.h"

#include "mem.h"

#include <stdlib.h>

enum rs_status rs_run_part_prepare(struct rs_run_part *part, unsigned n_threads,
                                   struct rs_error *err)
{
    const struct rs_engine *engine = part->engine;

    if (engine->prepare == NULL)
        return RS_OK;
    if (part->prepared != NULL && engine->serves(part->prepared, &part->env))
        return RS_OK;
    rs_run_part_release(part);
    return engine->prepare(&part->prepared, &part->env, n_threads, err);
}

void rs_run_part_release(struct rs_run_part *part)
{
    if (part->prepared != NULL)
        part->engine->release(part->prepared);
    part->prepared = NULL;
}

enum rs_status rs_run_parts_map(struct rs_family_map *out,
                                enum rs_family family,
                                const struct rs_run_part *parts, size_t n,
                                struct rs_error *err)
{
    struct rs_family_part *list = rs_alloc(n, sizeof *list, err);
    enum rs_status status = RS_OK;

    if (list == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const struct rs_plan *plan = parts[i].env.plan;
        bool listed = plan->pairs == RS_PAIRS_LIST;
        list[i] = (struct rs_family_part){plan->y,
                                          plan->x,
                                          plan->n_y,
                                          plan->n_x,
                                          plan->pairs == RS_PAIRS_MATCHED,
                                          listed ? plan->before_y : NULL,
                                          plan->listed,
                                          parts[i].group,
                                          parts[i].set,
                                          parts[i].pooled};
    }
    status = rs_family_map_init(out, family, list, n, err);
    free(list);
    return status;
}

const struct rs_run_part *rs_run_part_of(const struct rs_run_part *parts,
                                         size_t n, uint64_t job)
{
    size_t low = 0;

    while (n > 1) { /* it is one of the n from low on */
        size_t half = n / 2;
        if (parts[low + half].first_job <= job) {
            low += half;
            n -= half;
        } else {
            n = half;
        }
    }
    return &parts[low];
}

struct rs_tile rs_run_part_tile(const struct rs_run_part *part, uint64_t job)
{
    return rs_plan_tile(part->env.plan, job - part->first_job);
}
