/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include "human.h"
#include "mem.h"
#include "pairs_ask.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

/* The first two columns of a list that have one name; false: there are none. */
static bool find_twins(size_t twins[2], bool *found,
                       const struct rs_selection *list,
                       const char *const *names, struct rs_error *err)
{
    size_t size = 16;
    size_t *slots = NULL; /* 1 + position; 0: empty */

    while (size < 2 * list->n)
        size *= 2;
    slots = rs_alloc(size, sizeof *slots, err);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < list->n && !*found; i++) {
        size_t position = list->columns[i];
        size_t at = hash_of(names[position]) % size;
        while (slots[at] != 0 &&
               strcmp(names[slots[at] - 1], names[position]) != 0)
            at = (at + 1) % size;
        twins[0] = slots[at] - 1;
        twins[1] = position;
        *found = slots[at] != 0;
        slots[at] = position + 1;
    }
    free(slots);
    return true;
}

/* A list that names columns is refused (select.h). */
enum rs_status rs_look_twins(const struct rs_look *look, struct rs_error *err)
{
    enum rs_pairs pairs = look->input->pairs;
    const char *const *names = rs_table_names(look->table);
    size_t twins[2] = {0};
    bool found = false;

    if (look->settings->selecting.independent.n > 0 ||
        pairs == RS_PAIRS_UNIQUE || pairs == RS_PAIRS_LIST)
        return RS_OK;
    if (!find_twins(twins, &found, &look->choice->x, names, err))
        return RS_ERR_NOMEM;
    if (!found)
        return RS_OK;
    return rs_notices_add(&look->input->notices, RS_NOTICE_WARNING, err,
                          "two columns are called '%s': columns %zu and %zu; "
                          "results do not tell them apart (rename one, or "
                          "leave both out: {independent} '!%s')",
                          names[twins[0]], twins[0] + 1, twins[1] + 1,
                          names[twins[0]]);
}

enum rs_status rs_look_nameless(const struct rs_look *look,
                                struct rs_error *err)
{
    const char *const *names = rs_table_names(look->table);
    size_t n = 0;
    struct rs_human text;

    if (look->settings->selecting.independent.n > 0 ||
        rs_pairs_of(look->settings) == RS_PAIRS_UNIQUE)
        return RS_OK;
    for (size_t j = 0; j < rs_table_n_columns(look->table); j++)
        n += names[j][0] == '\0';
    return n == 0 ? RS_OK
                  : rs_notices_add(&look->input->notices, RS_NOTICE_NOTE, err,
                                   "left out of the independents: %s column%s "
                                   "without a name",
                                   rs_human_count(&text, n), rs_plural(n));
}
