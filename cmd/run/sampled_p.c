/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sampled_p.h"

#include "mem.h"

#include <math.h>
#include <stdlib.h>

enum rs_status rs_sampled_p_init(struct rs_sampled_p *p, size_t room,
                                 struct rs_error *err)
{
    *p = (struct rs_sampled_p){.logs = rs_alloc(room, sizeof *p->logs, err),
                               .room = room};
    return p->logs == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_sampled_p_clear(struct rs_sampled_p *p)
{
    free(p->logs);
    *p = (struct rs_sampled_p){0};
}

void rs_sampled_p_add(struct rs_sampled_p *p, double log_p)
{
    if (p->n < p->room && !isnan(log_p))
        p->logs[p->n++] = log_p;
}

double rs_sampled_p_share(struct rs_sampled_p *p, double n_tests,
                          enum rs_adjust method, double log_q_max)
{
    const struct rs_adjust_ask ask = {.methods = rs_adjust_bit(method),
                                      .most_bytes = UINT64_MAX};
    struct rs_adjust_curve curve = {0};
    size_t n = p->n;
    size_t kept = 0;

    while (p->n < p->room && (double)p->n < n_tests)
        p->logs[p->n++] = 0.0;
    if (n == 0 || rs_adjust_make(&curve, p->logs, p->n, &ask, NULL) != RS_OK)
        return 1.0;
    for (size_t i = 0; i < n; i++)
        kept += rs_adjust_log(&curve, method, p->logs[i]) <= log_q_max;
    rs_adjust_clear(&curve);
    p->n = n;
    return (double)kept / (double)n;
}
