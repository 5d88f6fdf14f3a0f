/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value_labels.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const char *text, struct rs_error *err)
{
    return rs_text_copy(text, strlen(text), err);
}

/* The set of a name that labels are added to now, which may be new. */
static struct rs_value_labels *set_for(struct rs_label_sets *sets,
                                       const char *name, struct rs_error *err)
{
    struct rs_value_labels *more = NULL;

    if (sets->n > 0 && strcmp(sets->sets[sets->n - 1].name, name) == 0)
        return &sets->sets[sets->n - 1];
    more = rs_grow(sets->sets, sets->n, sizeof *more, err);
    if (more == NULL)
        return NULL;
    sets->sets = more;
    more += sets->n;
    *more = (struct rs_value_labels){.name = copy(name, err)};
    if (more->name == NULL)
        return NULL;
    sets->n++;
    return more;
}

enum rs_status rs_label_sets_add(struct rs_label_sets *sets, const char *name,
                                 const struct rs_value_label *value,
                                 struct rs_error *err)
{
    struct rs_value_labels *set = set_for(sets, name, err);
    struct rs_value_label *list = NULL;
    struct rs_value_label own = {.number = value->number};

    if (set != NULL)
        list = rs_grow(set->list, set->n, sizeof *list, err);
    if (list == NULL)
        return RS_ERR_NOMEM;
    set->list = list;
    own.label = copy(value->label, err);
    if (value->text != NULL)
        own.text = copy(value->text, err);
    list[set->n++] = own;
    return own.label == NULL || (own.text == NULL) != (value->text == NULL)
               ? RS_ERR_NOMEM
               : RS_OK;
}

/* ---- order ------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const struct rs_value_labels *p = a;
    const struct rs_value_labels *q = b;

    return strcmp(p->name, q->name);
}

/* Numbers before texts, whatever a file mixes. */
static int by_value(const void *a, const void *b)
{
    const struct rs_value_label *p = a;
    const struct rs_value_label *q = b;

    if (p->text == NULL || q->text == NULL)
        return p->text == NULL && q->text == NULL
                   ? (p->number > q->number) - (p->number < q->number)
                   : (p->text != NULL) - (q->text != NULL);
    return strcmp(p->text, q->text);
}

void rs_label_sets_sort(struct rs_label_sets *sets)
{
    if (sets->n > 0)
        qsort(sets->sets, sets->n, sizeof *sets->sets, by_name);
    for (size_t i = 0; i < sets->n; i++)
        qsort(sets->sets[i].list, sets->sets[i].n, sizeof *sets->sets[i].list,
              by_value);
}

const struct rs_value_labels *
rs_label_sets_find(const struct rs_label_sets *sets, const char *name)
{
    const struct rs_value_labels wanted = {.name = (char *)(uintptr_t)name};

    return sets->n == 0 ? NULL
                        : bsearch(&wanted, sets->sets, sets->n,
                                  sizeof *sets->sets, by_name);
}

const struct rs_value_label *
rs_value_labels_find(const struct rs_value_labels *labels, double number,
                     const char *text)
{
    const struct rs_value_label wanted = {.number = number,
                                          .text = (char *)(uintptr_t)text};

    return bsearch(&wanted, labels->list, labels->n, sizeof *labels->list,
                   by_value);
}

void rs_label_sets_clear(struct rs_label_sets *sets)
{
    for (size_t i = 0; i < sets->n; i++) {
        struct rs_value_labels *set = &sets->sets[i];
        for (size_t k = 0; k < set->n; k++) {
            free(set->list[k].text);
            free(set->list[k].label);
        }
        free(set->list);
        free(set->name);
    }
    free(sets->sets);
    *sets = (struct rs_label_sets){0};
}
