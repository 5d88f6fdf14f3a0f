/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outlet.h"

#include "clock.h"

enum rs_status rs_outlet_open(struct rs_outlet *outlet, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    if (outlet->is_open)
        return RS_OK;
    outlet->is_open = true;
    if (outlet->sink->ops->open != NULL)
        status = outlet->sink->ops->open(outlet->sink, err);
    outlet->seconds += rs_clock_now() - begin;
    return status;
}

enum rs_status rs_outlet_settle(struct rs_outlet *outlet, uint64_t n_jobs,
                                struct rs_error *err)
{
    struct rs_sink *sink = outlet->sink;

    return sink->ops->settle == NULL ? RS_OK
                                     : sink->ops->settle(sink, n_jobs, err);
}

/* Nobody waits for what comes behind the last row: the run was to stop. */
static enum rs_status look_at_stop(const struct rs_crew *crew,
                                   struct rs_error *err)
{
    return crew->stop != NULL && *crew->stop != 0
               ? rs_error_set(err, RS_ERR_INTERRUPTED, "interrupted")
               : RS_OK;
}

enum rs_status rs_outlet_end(struct rs_outlet *outlet,
                             const struct rs_tally *tally,
                             const struct rs_crew *crew, enum rs_status status,
                             struct rs_error *err)
{
    struct rs_sink *sink = outlet->sink;
    double begin = rs_clock_now();

    if (status == RS_OK)
        status = look_at_stop(crew, err);
    if (status == RS_OK) {
        if (sink->ops->finishing != NULL)
            rs_ticker_stage(crew->ticker, sink->ops->finishing);
        if (sink->ops->finish != NULL)
            status = sink->ops->finish(sink, tally, err);
        rs_ticker_end(crew->ticker);
    }
    if (status != RS_OK && sink->ops->abandon != NULL)
        sink->ops->abandon(sink, tally);
    outlet->seconds += rs_clock_now() - begin;
    return status;
}
