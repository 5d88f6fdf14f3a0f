/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wall_time.h"

#include "clock.h"
#include "human.h"

#include <stdio.h>
#include <string.h>

struct rs_wall_time rs_wall_time_of(const struct rs_run *run)
{
    const struct rs_stage_times *times = &run->times;
    const struct rs_correction_times *corrections = &times->corrections;
    double now = rs_clock_now();
    double adjusting = corrections->pass + corrections->families;
    struct rs_wall_time parts = {
        .reading = (times->loaded > 0.0 ? times->loaded : now) - run->env.began,
        .preparing = times->prepare - adjusting - corrections->permute,
        .adjusting = adjusting,
        .permuting = corrections->permute,
        .fitting = times->sweep - times->write,
        .writing = times->write,
    };

    parts.checking = now - run->env.began - rs_wall_time_all(&parts);
    return parts;
}

double rs_wall_time_all(const struct rs_wall_time *parts)
{
    return parts->reading + parts->preparing + parts->adjusting +
           parts->permuting + parts->fitting + parts->writing + parts->checking;
}

void rs_wall_time_text(char *text, const struct rs_wall_time *parts)
{
    struct {
        const char *name;
        double seconds;
    } named[] = {
        {"reading", parts->reading},
        {"preparing", parts->preparing},
        {"adjusting", parts->adjusting},
        {"permuting", parts->permuting},
        {"fitting", 0.0},
        {"writing", parts->writing},
        {"checking", parts->checking},
    };
    enum { FITTING = 4, N = sizeof named / sizeof named[0] };
    double all = rs_wall_time_all(parts);
    double fitting = all;
    struct rs_human time;
    size_t used = 0;

    for (size_t i = 0; i < N; i++)
        fitting -= named[i].seconds >= all / 20.0 ? named[i].seconds : 0.0;
    named[FITTING].seconds = fitting;
    used = (size_t)snprintf(text, RS_WALL_TIME_TEXT, "%s (",
                            rs_human_time(&time, all));
    for (size_t i = 0; i < N; i++)
        if (i == FITTING || named[i].seconds >= all / 20.0)
            used += (size_t)snprintf(
                text + used, RS_WALL_TIME_TEXT - used, "%s%s %s",
                text[used - 1] == '(' ? "" : ", ", named[i].name,
                rs_human_time(&time, named[i].seconds));
    (void)snprintf(text + used, RS_WALL_TIME_TEXT - used, ")");
}
