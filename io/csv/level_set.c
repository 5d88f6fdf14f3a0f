/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level_set.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

struct rs_level_entry {
    struct rs_level level; /* of `text` */
    char *text;
    int32_t code; /* in the factor, after the merge */
};

/* The slot of a level, or the free one where it belongs. */
static uint32_t *find_slot(const struct rs_level_set *set,
                           const struct rs_level *level)
{
    size_t mask = set->n_slots - 1;
    size_t at = rs_level_hash(level) & mask;

    while (set->slots[at] != 0 &&
           rs_level_compare(&set->entries[set->slots[at] - 1].level, level) !=
               0)
        at = (at + 1) & mask;
    return &set->slots[at];
}

/* Room for one more level, with half of the slots free. */
static enum rs_status make_room(struct rs_level_set *set, struct rs_error *err)
{
    size_t room = set->room == 0 ? 16 : 2 * set->room;
    struct rs_level_entry *entries = NULL;
    uint32_t *slots = NULL;

    if (set->n < set->room)
        return RS_OK;
    slots = rs_alloc(2 * room, sizeof *slots, err);
    if (slots == NULL)
        return RS_ERR_NOMEM;
    entries = realloc(set->entries, room * sizeof *entries);
    if (entries == NULL) {
        free(slots);
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    }
    free(set->slots);
    set->entries = entries;
    set->room = room;
    set->slots = slots;
    set->n_slots = 2 * room;
    for (size_t k = 0; k < set->n; k++)
        *find_slot(set, &entries[k].level) = (uint32_t)k + 1;
    return RS_OK;
}

/* Gives an entry a copy of the level's text. */
static enum rs_status spell(struct rs_level_entry *entry,
                            const struct rs_level_set *set,
                            const struct rs_level *level, struct rs_error *err)
{
    char *text = rs_text_copy(level->text, level->len, err);

    if (text == NULL)
        return RS_ERR_NOMEM;
    free(entry->text);
    entry->text = text;
    (void)rs_level_read(&entry->level, text, level->len, set->rule,
                        set->decimal);
    return RS_OK;
}

static void drop_levels(struct rs_level_set *set)
{
    for (size_t k = 0; k < set->n; k++)
        free(set->entries[k].text);
    free(set->entries);
    free(set->slots);
    set->entries = NULL;
    set->slots = NULL;
    set->n = set->room = set->n_slots = 0;
}

/* There are more levels than there may be. */
static void give_up(struct rs_level_set *set)
{
    drop_levels(set);
    set->over = true;
}

int32_t rs_level_set_code(struct rs_level_set *set, const char *text,
                          size_t len, struct rs_error *err)
{
    struct rs_level level;
    struct rs_level_entry *entry = NULL;
    uint32_t *slot = NULL;

    if (set->over ||
        !rs_level_read(&level, text, len, set->rule, set->decimal) ||
        make_room(set, err) != RS_OK)
        return -1;
    slot = find_slot(set, &level);
    if (*slot == 0 && set->most > 0 && set->n == set->most) {
        give_up(set);
        return -1;
    }
    if (*slot == 0) {
        entry = &set->entries[set->n];
        memset(entry, 0, sizeof *entry);
        if (spell(entry, set, &level, err) != RS_OK)
            return -1;
        *slot = (uint32_t)++set->n;
    }
    entry = &set->entries[*slot - 1];
    if (rs_level_is_plainer(&level, &entry->level) &&
        spell(entry, set, &level, err) != RS_OK)
        return -1;
    return (int32_t)(*slot - 1);
}

void rs_level_set_clear(struct rs_level_set *set)
{
    drop_levels(set);
    memset(set, 0, sizeof *set);
}

/* ---- merging ----------------------------------------------------- */

/* By level, spellings of one level from the plainest on. */
static int by_level_at(const void *a, const void *b)
{
    const struct rs_level_entry *p = *(struct rs_level_entry *const *)a;
    const struct rs_level_entry *q = *(struct rs_level_entry *const *)b;
    int order = rs_level_compare(&p->level, &q->level);

    if (order != 0)
        return order;
    return rs_level_is_plainer(&q->level, &p->level) -
           rs_level_is_plainer(&p->level, &q->level);
}

/* All levels of all sets, sorted. */
static struct rs_level_entry **gather(size_t *n_out,
                                      const struct rs_level_set *sets,
                                      size_t n_sets, size_t stride,
                                      struct rs_error *err)
{
    size_t n = 0;
    struct rs_level_entry **all = NULL;

    for (size_t i = 0; i < n_sets; i++)
        n += sets[i * stride].n;
    all = rs_alloc(n, sizeof(struct rs_level_entry *), err);
    *n_out = n;
    if (all == NULL)
        return NULL;
    n = 0;
    for (size_t i = 0; i < n_sets; i++)
        for (size_t k = 0; k < sets[i * stride].n; k++)
            all[n++] = &sets[i * stride].entries[k];
    qsort(all, n, sizeof(struct rs_level_entry *), by_level_at);
    return all;
}

enum rs_status rs_level_set_add(struct rs_level_set *set,
                                struct rs_level_set *more, struct rs_error *err)
{
    struct rs_error error = {0};

    if (more->over)
        give_up(set);
    for (size_t k = 0; k < more->n && error.status == RS_OK; k++) {
        struct rs_level_entry *entry = &more->entries[k];
        entry->code =
            rs_level_set_code(set, entry->text, entry->level.len, &error);
    }
    if (error.status != RS_OK && err != NULL)
        *err = error;
    return error.status;
}

enum rs_status rs_level_sets_merge(struct rs_factor *factor,
                                   struct rs_level_set *sets, size_t n_sets,
                                   size_t stride, struct rs_error *err)
{
    size_t n = 0;
    struct rs_level_entry **all = gather(&n, sets, n_sets, stride, err);
    enum rs_status status = RS_OK;

    factor->levels = all == NULL ? NULL : rs_alloc(n, sizeof(char *), err);
    if (factor->levels == NULL)
        status = RS_ERR_NOMEM;
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        bool is_new =
            i == 0 || rs_level_compare(&all[i - 1]->level, &all[i]->level) != 0;
        char **level = &factor->levels[factor->n_levels];
        if (is_new) {
            *level = rs_text_copy(all[i]->text, all[i]->level.len, err);
            if (*level == NULL)
                status = RS_ERR_NOMEM;
            else
                factor->n_levels++;
        }
        all[i]->code = (int32_t)factor->n_levels - 1;
    }
    free(all);
    return status;
}

int32_t rs_level_set_final(const struct rs_level_set *set, int32_t code)
{
    return code < 0 || set->over ? -1 : set->entries[code].code;
}
