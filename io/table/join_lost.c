/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "join_lost.h"

#include <stdlib.h>
#include <string.h>

static bool is_much(const struct rs_join *join, const struct rs_keyed *parts)
{
    size_t least = parts[0].data->n_rows;

    for (size_t l = 1; l < join->n_lists; l++)
        if (parts[l].data->n_rows < least)
            least = parts[l].data->n_rows;
    return join->n_rows < least - least / 2;
}

/* The first key of a list that is not in the join. */
static enum rs_status find_lone(char **out, const struct rs_join *join,
                                size_t list, const struct rs_keyed *part,
                                struct rs_error *err)
{
    size_t n = part->data->n_rows;
    bool *is_in = rs_alloc(n, sizeof *is_in, err);
    size_t row = 0;

    if (is_in == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < join->n_rows; i++)
        is_in[join->rows[list][i]] = true;
    while (row < n && is_in[row])
        row++;
    free(is_in);
    if (row == n)
        return RS_OK;
    *out =
        rs_text_copy(part->key_texts[row], strlen(part->key_texts[row]), err);
    return *out == NULL ? RS_ERR_NOMEM : RS_OK;
}

/* The keys of a part by another rule. */
static enum rs_status other_keys(struct rs_keys *keys,
                                 struct rs_key_forms *forms,
                                 const struct rs_keyed *part,
                                 struct rs_key_as as, struct rs_error *err)
{
    size_t n = part->data->n_rows;
    enum rs_status status = rs_key_forms_init(forms, part->key_texts, n,
                                              part->key == NULL, as, err);

    if (status == RS_OK)
        status = rs_keys_init(
            keys, forms->texts != NULL ? forms->texts : part->key_texts, n,
            err);
    return status;
}

/* How many rows would join by another rule. */
static enum rs_status count_joined(size_t *out, const struct rs_keyed *parts,
                                   size_t n, struct rs_key_as as,
                                   struct rs_error *err)
{
    struct rs_keys *keys = rs_alloc(n, sizeof *keys, err);
    struct rs_key_forms *forms = rs_alloc(n, sizeof *forms, err);
    struct rs_join join = {0};
    enum rs_status status =
        keys == NULL || forms == NULL ? RS_ERR_NOMEM : RS_OK;

    for (size_t l = 0; l < n && status == RS_OK; l++)
        status = other_keys(&keys[l], &forms[l], &parts[l], as, err);
    if (status == RS_OK)
        status = rs_join_init(&join, keys, n, err);
    *out = join.n_rows;
    rs_join_clear(&join);
    for (size_t l = 0; l < n && keys != NULL && forms != NULL; l++) {
        rs_keys_clear(&keys[l]);
        rs_key_forms_clear(&forms[l]);
    }
    free(keys);
    free(forms);
    return status;
}

/* The rule by which most rows would join, if these are many more. */
static enum rs_status find_cure(struct rs_join_lost *out,
                                const struct rs_join *join,
                                const struct rs_keyed *parts,
                                struct rs_key_as as, struct rs_error *err)
{
    static const enum rs_key_rule rules[] = {RS_KEY_NUMBER, RS_KEY_IID};
    enum rs_status status = RS_OK;

    out->n_cured = 2 * join->n_rows;
    for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++) {
        size_t n = 0;
        as.rule = rules[r];
        if (status == RS_OK)
            status = count_joined(&n, parts, join->n_lists, as, err);
        if (n <= out->n_cured)
            continue;
        out->cure = rules[r];
        out->n_cured = n;
    }
    return status;
}

enum rs_status rs_join_lost_find(struct rs_join_lost *out,
                                 const struct rs_join *join,
                                 const struct rs_keyed *parts,
                                 struct rs_key_as as, struct rs_error *err)
{
    enum rs_status status = RS_OK;

    *out = (struct rs_join_lost){0};
    if (!is_much(join, parts))
        return RS_OK;
    out->lone = rs_alloc(join->n_lists, sizeof *out->lone, err);
    if (out->lone == NULL)
        return RS_ERR_NOMEM;
    out->n_lists = join->n_lists;
    for (size_t l = 0; l < join->n_lists && status == RS_OK; l++)
        status = find_lone(&out->lone[l], join, l, &parts[l], err);
    if (status == RS_OK && as.rule == RS_KEY_TEXT)
        status = find_cure(out, join, parts, as, err);
    return status;
}

void rs_join_lost_clear(struct rs_join_lost *lost)
{
    for (size_t l = 0; l < lost->n_lists; l++)
        free(lost->lone[l]);
    free(lost->lone);
    *lost = (struct rs_join_lost){0};
}
