/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include "mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct rs_errors_kind classical = {.name = "classical"};

extern const struct rs_errors_kind rs_errors_hc3;

static const struct rs_errors_kind *const kinds[] = {
    &classical,
    &rs_errors_hc3,
};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

const struct rs_errors_kind *rs_errors_find(const char *name)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

void rs_errors_names(char *out, size_t room)
{
    size_t used = 0;

    for (size_t i = 0; i < N_KINDS && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s",
                                 i == 0 ? "" : ", ", kinds[i]->name);
}

const struct rs_errors_kind *rs_errors_of(const struct rs_spec *spec)
{
    return spec->errors == NULL ? &classical : spec->errors;
}

enum rs_status rs_errors_room_init(struct rs_errors_room *room,
                                   const struct rs_errors_kind *kind, size_t n,
                                   struct rs_error *err)
{
    room->kind = kind;
    room->base_known = false;
    room->x = rs_alloc(4 * n, sizeof *room->x, err);
    room->own = rs_alloc(3 * n, sizeof *room->own, err);
    if (room->x == NULL || room->own == NULL)
        return RS_ERR_NOMEM;
    room->e = room->x + n;
    room->left = room->e + n;
    room->base = room->left + n;
    room->rest = room->own + n;
    room->levels = room->rest + n;
    return RS_OK;
}

void rs_errors_room_clear(struct rs_errors_room *room)
{
    free(room->x);
    free(room->own);
    memset(room, 0, sizeof *room);
}
