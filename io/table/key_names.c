/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key_names.h"

#include "name_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names that a message lists. */
enum { MOST_LISTED = 8, LIST_BYTES = 256 };

static bool has_column(const struct rs_source *source, const char *name)
{
    for (size_t j = 0; j < source->n_columns; j++)
        if (strcmp(source->names[j], name) == 0)
            return true;
    return false;
}

/* Whether a source is joined by a column. */
static bool is_keyed(const struct rs_source *source)
{
    return source->row_names == NULL;
}

static size_t count_keyed(struct rs_source *const *sources, size_t n)
{
    size_t n_keyed = 0;

    for (size_t s = 0; s < n; s++)
        n_keyed += is_keyed(sources[s]) ? 1 : 0;
    return n_keyed;
}

/* How many of them have a column. */
static size_t count_having(struct rs_source *const *sources, size_t n,
                           const char *name)
{
    size_t n_having = 0;

    for (size_t s = 0; s < n; s++)
        n_having += is_keyed(sources[s]) && has_column(sources[s], name);
    return n_having;
}

/* ---- keys that are given ----------------------------------------- */

static size_t count_words(const char *key)
{
    size_t n = 1;

    for (; *key != '\0'; key++)
        n += *key == '=' ? 1 : 0;
    return n;
}

/* Cuts the words out of a copy of the key, one a keyed source. */
static enum rs_status split(struct rs_key_names *out,
                            struct rs_source *const *sources, size_t n,
                            const char *key, struct rs_error *err)
{
    char *at = NULL;

    out->text = rs_text_copy(key, strlen(key), err);
    if (out->text == NULL)
        return RS_ERR_NOMEM;
    at = out->text;
    for (size_t s = 0; s < n; s++) {
        if (!is_keyed(sources[s]))
            continue;
        out->names[s] = at;
        at += strcspn(at, "=");
        if (*at != '\0')
            *at++ = '\0';
    }
    return RS_OK;
}

/* Names in quotes: 'a', 'b' and 7 more; names has the first ones. */
static void list_names(char *text, size_t size, const char *const *names,
                       size_t n)
{
    size_t listed = n < MOST_LISTED ? n : MOST_LISTED;
    size_t used = 0;

    text[0] = '\0';
    for (size_t k = 0; k < listed && used < size; k++)
        used += (size_t)snprintf(text + used, size - used, "%s'%s'",
                                 k > 0 ? ", " : "", names[k]);
    if (n > listed && used < size)
        (void)snprintf(text + used, size - used, " and %zu more", n - listed);
}

/* What the key is called in a source: by its name, one near it, or NAME. */
static const char *meant_in(const struct rs_source *source, const char *name)
{
    size_t n = source->n_columns;
    size_t near =
        has_column(source, name) ? n : rs_names_nearest(name, source->names, n);

    if (near < n)
        return source->names[near];
    return has_column(source, name) ? name : "NAME";
}

/* The key as it would be, its name once where it is the same in each. */
static void offer(char *text, size_t size, const struct rs_key_names *keys,
                  struct rs_source *const *sources, size_t n)
{
    const char *first = NULL;
    bool same = true;
    size_t used = 0;

    text[0] = '\0';
    for (size_t s = 0; s < n && used < size; s++) {
        const char *name = NULL;
        if (keys->names[s] == NULL)
            continue;
        name = meant_in(sources[s], keys->names[s]);
        first = first == NULL ? name : first;
        same = same && strcmp(name, first) == 0;
        used += (size_t)snprintf(text + used, size - used, "%s%s",
                                 used > 0 ? "=" : "", name);
    }
    if (same && first != NULL)
        (void)snprintf(text, size, "%s", first);
}

/* Whether the header of a source is one field that a delimiter would cut, the
 * key among its parts. */
static bool is_uncut(const struct rs_source *source, const char *name)
{
    return source->n_columns == 1 &&
           strpbrk(source->names[0], ",;\t| ") != NULL &&
           strstr(source->names[0], name) != NULL;
}

/* Says why such a header is not cut. A delimiter that would be found by itself
 * was kept from it by one that was given. name: of the key; NULL: unknown. */
static enum rs_status refuse_uncut(const struct rs_source *source,
                                   const char *name, struct rs_error *err)
{
    const char *header = source->names[0];
    char missing[LIST_BYTES] = "";
    enum rs_status status = RS_ERR_USAGE;

    if (name != NULL)
        (void)snprintf(missing, sizeof missing, "no column '%s': ", name);
    if (strpbrk(header, ",;\t|") != NULL) {
        status = rs_error_set(err, status,
                              "{key}: %sthe header is one field, '%s' "
                              "({delimiter} is that of all FILEs; without it "
                              "each has its own)",
                              missing, header);
    } else {
        status =
            rs_error_set(err, status, "{key}: %sthe header is one field, '%s'",
                         missing, header);
        rs_source_offer(err, source);
    }
    return rs_error_in_file(err, status, source->path);
}

/* A source lacks its key: says how one is given for each. */
static enum rs_status lacks_key(const struct rs_key_names *keys,
                                struct rs_source *const *sources, size_t n,
                                size_t s, struct rs_error *err)
{
    const struct rs_source *source = sources[s];
    const char *name = keys->names[s];
    size_t near = rs_names_nearest(name, source->names, source->n_columns);
    char text[LIST_BYTES];
    char columns[LIST_BYTES];
    enum rs_status status = RS_ERR_USAGE;

    offer(text, sizeof text, keys, sources, n);
    list_names(columns, sizeof columns, source->names, source->n_columns);
    if (is_uncut(source, name))
        return refuse_uncut(source, name, err);
    if (near < source->n_columns && strcmp(text, source->names[near]) == 0)
        status = rs_error_set(err, status,
                              "{key}: no column '%s'; did you mean '%s'?", name,
                              source->names[near]);
    else if (near < source->n_columns)
        status = rs_error_set(err, status,
                              "{key}: no column '%s'; did you mean '%s'? "
                              "({key} '%s', a name for each FILE)",
                              name, source->names[near], text);
    else
        status =
            rs_error_set(err, status,
                         "{key}: no column '%s' among %s ({key} '%s' where "
                         "its key has another name)",
                         name, columns, text);
    return rs_error_in_file(err, status, source->path);
}

static bool are_joined_by_commas(const char *key,
                                 struct rs_source *const *sources, size_t n)
{
    size_t n_names = 1;

    for (const char *at = key; *at != '\0'; at++)
        n_names += *at == ',' ? 1 : 0;
    return n_names > 1 && n_names == count_keyed(sources, n) &&
           count_having(sources, n, key) == 0;
}

/* Names of several FILEs, joined as those of a list. */
static enum rs_status refuse_commas(const char *key, struct rs_error *err)
{
    char text[LIST_BYTES];

    (void)snprintf(text, sizeof text, "%s", key);
    for (char *at = text; *at != '\0'; at++)
        *at = (char)(*at == ',' ? '=' : *at);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{key}: no column '%s'; a name for each FILE is {key} "
                        "'%s'",
                        key, text);
}

static enum rs_status take_given(struct rs_key_names *out,
                                 struct rs_source *const *sources, size_t n,
                                 const char *key, struct rs_error *err)
{
    size_t n_keyed = count_keyed(sources, n);
    size_t n_words = count_words(key);
    enum rs_status status = RS_OK;

    if (n_keyed == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{key}: all FILEs are transposed, and joined by "
                            "the names of the samples");
    if (n_words == 1 && are_joined_by_commas(key, sources, n))
        return refuse_commas(key, err);
    if (n_words == 1 || count_having(sources, n, key) == n_keyed)
        for (size_t s = 0; s < n; s++)
            out->names[s] = is_keyed(sources[s]) ? key : NULL;
    else if (n_words == n_keyed)
        status = split(out, sources, n, key, err);
    else
        return rs_error_set(
            err, RS_ERR_USAGE,
            "{key}: '%s' has %zu names, but there %s %zu FILE%s "
            "with a row a line",
            key, n_words, n_keyed == 1 ? "is" : "are", n_keyed,
            n_keyed == 1 ? "" : "s");
    for (size_t s = 0; s < n && status == RS_OK; s++)
        if (out->names[s] != NULL && !has_column(sources[s], out->names[s]))
            status = lacks_key(out, sources, n, s, err);
    out->by = key;
    return status;
}

/* ---- a key that is found ----------------------------------------- */

/* The columns that all keyed sources have, in the order of the first one. */
struct common {
    const char *names[MOST_LISTED];
    size_t n; /* of all, though names holds the first ones only */
};

static enum rs_status find_common(struct common *out,
                                  struct rs_source *const *sources, size_t n,
                                  struct rs_error *err)
{
    struct rs_name_index *indexes = rs_alloc(n, sizeof *indexes, err);
    const struct rs_source *first = NULL;
    enum rs_status status = indexes == NULL ? RS_ERR_NOMEM : RS_OK;

    *out = (struct common){.n = 0};
    for (size_t s = 0; s < n && status == RS_OK; s++) {
        if (!is_keyed(sources[s]))
            continue;
        first = first == NULL ? sources[s] : first;
        status = rs_name_index_init(&indexes[s], sources[s]->names,
                                    sources[s]->n_columns, err);
    }
    for (size_t j = 0; status == RS_OK && j < first->n_columns; j++) {
        const char *name = first->names[j];
        bool in_all = name[0] != '\0';
        for (size_t s = 0; s < n && in_all; s++)
            in_all = !is_keyed(sources[s]) ||
                     rs_name_index_find(&indexes[s], name, strlen(name)) <
                         sources[s]->n_columns;
        if (in_all && out->n++ < MOST_LISTED)
            out->names[out->n - 1] = name;
    }
    for (size_t s = 0; s < n && indexes != NULL; s++)
        rs_name_index_clear(&indexes[s]);
    free(indexes);
    return status;
}

/* Where one of the FILEs has a header that is not cut, this is why. */
static enum rs_status none_common(struct rs_source *const *sources, size_t n,
                                  struct rs_error *err)
{
    for (size_t s = 0; s < n; s++)
        if (is_keyed(sources[s]) && is_uncut(sources[s], ""))
            return refuse_uncut(sources[s], NULL, err);
    return rs_error_set(err, RS_ERR_USAGE,
                        "several FILEs need {key}, and no column is in all of "
                        "them: {key} a=b is a name for each FILE");
}

static enum rs_status find_only(struct rs_key_names *out,
                                struct rs_source *const *sources, size_t n,
                                struct rs_error *err)
{
    size_t n_keyed = count_keyed(sources, n);
    char text[LIST_BYTES];
    struct common common;
    enum rs_status status = RS_OK;

    if (n_keyed == 0)
        return RS_OK;
    status = find_common(&common, sources, n, err);
    if (status != RS_OK)
        return status;
    if (common.n == 0)
        return none_common(sources, n, err);
    list_names(text, sizeof text, common.names, common.n);
    if (common.n > 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "several FILEs need {key}, the column whose text "
                            "says which rows belong together: %s %s",
                            text, n_keyed == 1 ? "are there" : "are in all");
    for (size_t s = 0; s < n; s++)
        out->names[s] = is_keyed(sources[s]) ? common.names[0] : NULL;
    out->by = common.names[0];
    out->found = true;
    return RS_OK;
}

enum rs_status rs_key_names_find(struct rs_key_names *out,
                                 struct rs_source *const *sources, size_t n,
                                 const char *key, struct rs_error *err)
{
    *out = (struct rs_key_names){0};
    out->names = rs_alloc(n, sizeof *out->names, err);
    if (out->names == NULL)
        return RS_ERR_NOMEM;
    return key != NULL ? take_given(out, sources, n, key, err)
                       : find_only(out, sources, n, err);
}

void rs_key_names_clear(struct rs_key_names *keys)
{
    free(keys->names);
    free(keys->text);
    *keys = (struct rs_key_names){0};
}
