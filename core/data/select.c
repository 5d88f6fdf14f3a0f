/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "select.h"

#include "mem.h"
#include "no_column.h"
#include "select_pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What one list has gathered so far. */
struct gather {
    struct rs_name_index names;
    const char *setting;
    struct rs_selection *out;
    size_t *taken; /* [names.n] 1 + its place in `out`; 0: it is not there */
    bool *out_of;  /* [names.n] excluded */
    struct rs_pattern_hits hits;
};

/* What is named is no longer by a pattern that had brought it before. */
static void take(struct gather *g, size_t column, bool by_pattern)
{
    if (g->taken[column] == 0) {
        rs_selection_add(g->out, column, by_pattern);
        g->taken[column] = g->out->n;
    } else if (!by_pattern) {
        g->out->by_pattern[g->taken[column] - 1] = false;
    }
}

/* What a pattern matches, or the message why it matches nothing. */
static enum rs_status match_pattern(struct gather *g, const char *text,
                                    struct rs_error *err)
{
    switch (rs_pattern_match(&g->hits, &g->names, text)) {
    case RS_PATTERN_HIT:
        return RS_OK;
    case RS_PATTERN_BACKWARDS:
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: the range '%s' runs backwards", g->setting,
                            text);
    case RS_PATTERN_POSITION:
        return rs_error_set(err, RS_ERR_USAGE,
                            "{%s}: no position '%s': there are %zu columns",
                            g->setting, text, g->names.n);
    case RS_PATTERN_MISS:
        break;
    }
    return rs_no_column(g->setting,
                        g->hits.missing[0] != '\0' ? g->hits.missing : text,
                        g->names.names, g->names.n, err);
}

static size_t find_exact(const struct gather *g, const char *text)
{
    return rs_name_index_find(&g->names, text, strlen(text));
}

static bool is_exclusion(const struct gather *g, const struct rs_item *item)
{
    return !item->literal && item->text[strspn(item->text, " \t")] == '!' &&
           find_exact(g, item->text) == g->names.n;
}

/* Hits a column by its name; for an exclusion, all that are called so. */
static void hit_name(struct gather *g, size_t exact, bool all)
{
    const struct rs_name_index *names = &g->names;
    size_t at = names->rank[exact]; /* equal names stand together */

    g->hits.n = 0;
    g->hits.by_pattern = false;
    do
        g->hits.columns[g->hits.n++] = names->sorted[at++];
    while (all && at < names->n &&
           strcmp(names->names[names->sorted[at]], names->names[exact]) == 0);
}

static enum rs_status add_exactly(struct gather *g, const struct rs_item *item,
                                  struct rs_error *err)
{
    bool exclude = is_exclusion(g, item);
    const char *text = item->text + (exclude ? 1 : 0);
    size_t exact = find_exact(g, text);
    enum rs_status status = RS_OK;

    if (exact < g->names.n) {
        hit_name(g, exact, exclude);
    } else if (item->literal) {
        return rs_no_column(g->setting, text, g->names.names, g->names.n, err);
    } else {
        status = match_pattern(g, text, err);
    }
    for (size_t i = 0; i < g->hits.n && status == RS_OK; i++) {
        if (exclude)
            g->out_of[g->hits.columns[i]] = true;
        else
            take(g, g->hits.columns[i], g->hits.by_pattern);
    }
    return status;
}

/* Blanks about an item are no part of it where no column is called so. */
static enum rs_status add_item(struct gather *g, const struct rs_item *item,
                               struct rs_error *err)
{
    struct rs_item bare = {item->text + strspn(item->text, " \t"), false};
    size_t len = strlen(bare.text);
    char *text = NULL;
    enum rs_status status = RS_OK;

    while (len > 0 && strchr(" \t", bare.text[len - 1]) != NULL)
        len--;
    if (item->literal || len == 0 || len == strlen(item->text) ||
        find_exact(g, item->text) < g->names.n)
        return add_exactly(g, item, err);
    text = rs_text_copy(bare.text, len, err);
    if (text == NULL)
        return RS_ERR_NOMEM;
    bare.text = text;
    status = add_exactly(g, &bare, err);
    free(text);
    return status;
}

static bool only_exclusions(const struct gather *g, const struct rs_item *items,
                            size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_exclusion(g, &items[i]))
            return false;
    return n > 0;
}

static void drop_excluded(struct gather *g)
{
    struct rs_selection *s = g->out;
    size_t kept = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (g->out_of[s->columns[i]])
            continue;
        s->columns[kept] = s->columns[i];
        s->by_pattern[kept] = s->by_pattern[i];
        kept++;
    }
    s->n = kept;
}

/* A name that two columns share could not be told apart in the results. */
static enum rs_status refuse_twins(const struct gather *g, size_t column,
                                   size_t other, bool by_pattern,
                                   struct rs_error *err)
{
    const char *name = g->names.names[column];
    size_t first = column < other ? column : other;
    size_t second = column < other ? other : column;

    if (by_pattern)
        return rs_error_set(err, RS_ERR_MALFORMED,
                            "{%s}: two columns are called '%s': columns %zu "
                            "and %zu (rename one, or leave both out: {%s} "
                            "'!%s')",
                            g->setting, name, first + 1, second + 1, g->setting,
                            name);
    return rs_error_set(err, RS_ERR_MALFORMED,
                        "{%s}: two columns are called '%s': columns %zu and "
                        "%zu (rename one in the header)",
                        g->setting, name, first + 1, second + 1);
}

static enum rs_status check_unique(const struct gather *g, struct rs_error *err)
{
    for (size_t i = 0; i < g->out->n; i++) {
        size_t column = g->out->columns[i];
        size_t other = rs_name_index_twin(&g->names, column);
        if (other < g->names.n)
            return refuse_twins(g, column, other, g->out->by_pattern[i], err);
    }
    return RS_OK;
}

static enum rs_status selection_new(struct rs_selection *out, size_t n,
                                    struct rs_error *err)
{
    memset(out, 0, sizeof *out);
    out->columns = rs_alloc(n, sizeof *out->columns, err);
    out->by_pattern = rs_alloc(n, sizeof *out->by_pattern, err);
    if (out->columns == NULL || out->by_pattern == NULL) {
        rs_selection_clear(out);
        return RS_ERR_NOMEM;
    }
    return RS_OK;
}

static enum rs_status gather_init(struct gather *g, const char *const *names,
                                  size_t n_names, struct rs_error *err)
{
    enum rs_status status = rs_name_index_init(&g->names, names, n_names, err);

    if (status != RS_OK)
        return status;
    g->taken = rs_alloc(n_names, sizeof *g->taken, err);
    g->out_of = rs_alloc(n_names, sizeof *g->out_of, err);
    g->hits.columns = rs_alloc(n_names, sizeof *g->hits.columns, err);
    if (g->taken == NULL || g->out_of == NULL || g->hits.columns == NULL)
        return RS_ERR_NOMEM;
    return RS_OK;
}

static void gather_clear(struct gather *g)
{
    rs_name_index_clear(&g->names);
    free(g->taken);
    free(g->out_of);
    free(g->hits.columns);
}

enum rs_status rs_select(struct rs_selection *out, const char *const *names,
                         size_t n_names, const struct rs_item *items,
                         size_t n_items, const char *setting,
                         struct rs_error *err)
{
    struct gather g = {.setting = setting, .out = out};
    enum rs_status status = selection_new(out, n_items > 0 ? n_names : 0, err);

    if (status == RS_OK && n_items == 0)
        return RS_OK;
    if (status == RS_OK)
        status = gather_init(&g, names, n_names, err);
    if (status != RS_OK)
        goto done;
    if (only_exclusions(&g, items, n_items))
        for (size_t j = 0; j < n_names; j++)
            take(&g, j, true);
    for (size_t i = 0; i < n_items && status == RS_OK; i++)
        status = add_item(&g, &items[i], err);
    if (status != RS_OK)
        goto done;
    drop_excluded(&g);
    if (n_items > 0 && out->n == 0)
        status = rs_error_set(err, RS_ERR_USAGE,
                              "{%s}: the exclusions leave no column", setting);
    else
        status = check_unique(&g, err);
done:
    if (status != RS_OK)
        rs_selection_clear(out);
    gather_clear(&g);
    return status;
}

enum rs_status rs_select_all(struct rs_selection *out, size_t n_names,
                             struct rs_error *err)
{
    enum rs_status status = selection_new(out, n_names, err);

    if (status != RS_OK)
        return status;
    for (size_t j = 0; j < n_names; j++) {
        out->columns[j] = j;
        out->by_pattern[j] = true;
    }
    out->n = n_names;
    return RS_OK;
}

bool rs_selection_has(const struct rs_selection *selection, size_t column)
{
    for (size_t i = 0; i < selection->n; i++)
        if (selection->columns[i] == column)
            return true;
    return false;
}

enum rs_status rs_selection_reserve(struct rs_selection *selection, size_t n,
                                    struct rs_error *err)
{
    struct rs_selection more;
    enum rs_status status = selection_new(&more, n, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < selection->n; i++)
        rs_selection_add(&more, selection->columns[i],
                         selection->by_pattern[i]);
    rs_selection_clear(selection);
    *selection = more;
    return RS_OK;
}

void rs_selection_add(struct rs_selection *selection, size_t column,
                      bool by_pattern)
{
    selection->columns[selection->n] = column;
    selection->by_pattern[selection->n] = by_pattern;
    selection->n++;
}

void rs_selection_filter(struct rs_selection *selection, const bool *keep)
{
    size_t kept = 0;

    for (size_t i = 0; i < selection->n; i++) {
        if (!keep[selection->columns[i]])
            continue;
        selection->columns[kept] = selection->columns[i];
        selection->by_pattern[kept] = selection->by_pattern[i];
        kept++;
    }
    selection->n = kept;
}

void rs_selection_clear(struct rs_selection *selection)
{
    free(selection->columns);
    free(selection->by_pattern);
    memset(selection, 0, sizeof *selection);
}
