/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* tdestroy */
#include "level_set.h"

#include "mem.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

struct rs_level_entry {
    struct rs_level level; /* of `text` */
    char *text;
    int32_t code; /* in the set; later in the factor */
};

static int by_level(const void *a, const void *b)
{
    return rs_level_compare(&((const struct rs_level_entry *)a)->level,
                            &((const struct rs_level_entry *)b)->level);
}

static void free_entry(void *node)
{
    struct rs_level_entry *entry = node;

    free(entry->text);
    free(entry);
}

static enum rs_status make_room(struct rs_level_set *set, struct rs_error *err)
{
    size_t room = set->room == 0 ? 16 : 2 * set->room;
    struct rs_level_entry **order = NULL;

    if (set->n < set->room)
        return RS_OK;
    order = realloc(set->order, room * sizeof(struct rs_level_entry *));
    if (order == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    set->order = order;
    set->room = room;
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

/* A new level of the set, or NULL. */
static struct rs_level_entry *add_level(struct rs_level_set *set,
                                        const struct rs_level *level,
                                        struct rs_error *err)
{
    struct rs_level_entry *entry = rs_alloc(1, sizeof *entry, err);

    if (entry == NULL)
        return NULL;
    entry->code = (int32_t)set->n;
    if (make_room(set, err) != RS_OK || spell(entry, set, level, err) != RS_OK)
        goto done;
    if (tsearch(entry, &set->tree, by_level) == NULL) {
        (void)rs_error_set(err, RS_ERR_NOMEM, "out of memory");
        goto done;
    }
    set->order[set->n++] = entry;
    return entry;
done:
    free_entry(entry);
    return NULL;
}

int32_t rs_level_set_code(struct rs_level_set *set, const char *text,
                          size_t len, struct rs_error *err)
{
    struct rs_level_entry key = {.text = NULL};
    struct rs_level_entry *const *found = NULL;
    struct rs_level_entry *entry = NULL;

    if (!rs_level_read(&key.level, text, len, set->rule, set->decimal))
        return -1;
    found = tfind(&key, &set->tree, by_level);
    entry = found != NULL ? *found : add_level(set, &key.level, err);
    if (entry == NULL || (rs_level_is_plainer(&key.level, &entry->level) &&
                          spell(entry, set, &key.level, err) != RS_OK))
        return -1;
    return entry->code;
}

void rs_level_set_clear(struct rs_level_set *set)
{
    tdestroy(set->tree, free_entry);
    free(set->order);
    memset(set, 0, sizeof *set);
}

/* ---- merging
 * ----------------------------------------------------------------- */

/* By level, spellings of one level from the plainest on. */
static int by_level_at(const void *a, const void *b)
{
    const struct rs_level_entry *p = *(struct rs_level_entry *const *)a;
    const struct rs_level_entry *q = *(struct rs_level_entry *const *)b;
    int order = by_level(p, q);

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
            all[n++] = sets[i * stride].order[k];
    qsort(all, n, sizeof(struct rs_level_entry *), by_level_at);
    return all;
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
        bool is_new = i == 0 || by_level(all[i - 1], all[i]) != 0;
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
    return code < 0 ? code : set->order[code]->code;
}
