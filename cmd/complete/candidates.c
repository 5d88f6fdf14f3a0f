/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "candidates.h"

#include "mem.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void rs_candidates_init(struct rs_candidates *out, const char *word)
{
    *out = (struct rs_candidates){.word = word};
}

void rs_candidates_clear(struct rs_candidates *candidates)
{
    for (size_t i = 0; i < candidates->n; i++)
        free(candidates->items[i].text);
    free(candidates->items);
    memset(candidates, 0, sizeof *candidates);
}

/* Lines and tabs are what shells are told candidates by. */
static bool is_shown(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 127)
            return false;
    return true;
}

enum rs_status rs_candidates_add(struct rs_candidates *out,
                                 const struct rs_candidate_text *text,
                                 struct rs_error *err)
{
    const char *typed = out->word + out->kept;
    size_t len =
        strlen(text->before) + strlen(text->text) + strlen(text->behind);
    char *whole = rs_alloc(len + 1, 1, err);
    struct rs_candidate *items = NULL;

    if (whole == NULL)
        return RS_ERR_NOMEM;
    (void)snprintf(whole, len + 1, "%s%s%s", text->before, text->text,
                   text->behind);
    if (len == 0 || !is_shown(whole) ||
        strncmp(whole, typed, strlen(typed)) != 0) {
        free(whole);
        return RS_OK;
    }
    items = rs_grow(out->items, out->n, sizeof *items, err);
    if (items == NULL) {
        free(whole);
        return RS_ERR_NOMEM;
    }
    out->items = items;
    out->items[out->n++] = (struct rs_candidate){whole, text->help};
    return RS_OK;
}

enum rs_status rs_candidates_add_word(struct rs_candidates *out,
                                      const char *text, const char *help,
                                      struct rs_error *err)
{
    const struct rs_candidate_text word = {"", text, "", help};

    return rs_candidates_add(out, &word, err);
}
