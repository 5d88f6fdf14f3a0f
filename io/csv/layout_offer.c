/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_hint.h"

#include "csv_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What there is to say, and to type. */
struct offer {
    char reasons[5][80];
    struct rs_error options[5];
    size_t n;
};

static RS_PRINTF(2, 3) struct rs_error *add(struct offer *offer,
                                            const char *reason, ...)
{
    va_list args;

    va_start(args, reason);
    (void)vsnprintf(offer->reasons[offer->n], sizeof offer->reasons[0], reason,
                    args);
    va_end(args);
    return &offer->options[offer->n++];
}

static void offer_delimiter(struct offer *offer, char delimiter)
{
    struct rs_error *option = NULL;

    if (delimiter == RS_CSV_BLANKS) {
        option = add(offer, "blanks separate the fields");
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} blanks");
    } else if (delimiter == '\t') {
        option = add(offer, "tabs separate the fields");
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} tab");
    } else if (delimiter == '\x01') {
        option = add(offer, "bytes of value 1 separate the fields");
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} $'\\x01'");
    } else {
        option = add(offer, "'%c' separates the fields", delimiter);
        (void)rs_error_set(option, RS_ERR_USAGE, "{d} '%c'", delimiter);
    }
}

static void fill(struct offer *offer, const struct rs_layout *layout)
{
    if (layout->n_skip > 0)
        (void)rs_error_set(
            add(offer, "the header is on line %zu", layout->n_skip + 1),
            RS_ERR_USAGE, "{skip} %zu", layout->n_skip);
    if (layout->comment[0] != '\0')
        (void)rs_error_set(add(offer, "lines that begin with %s are comments",
                               layout->comment),
                           RS_ERR_USAGE, "{comment} '%s'", layout->comment);
    if (layout->delimiter != '\0')
        offer_delimiter(offer, layout->delimiter);
    if (layout->last_empty)
        (void)rs_error_set(add(offer, "the last field of every line is empty"),
                           RS_ERR_USAGE, "{trailing-delimiter}");
    if (layout->last_nameless)
        (void)rs_error_set(add(offer, "the last name of the header is empty"),
                           RS_ERR_USAGE, "{trailing-delimiter}");
    if (layout->row_names)
        (void)rs_error_set(add(offer, "R leaves out the name of the first "
                                      "column"),
                           RS_ERR_USAGE, "{row-names} NAME");
}

static void put(struct rs_error *err, const char *before, const char *text)
{
    size_t len = strlen(err->text);

    (void)snprintf(err->text + len, sizeof err->text - len, "%s%s", before,
                   text);
}

void rs_layout_offer(struct rs_error *err, const struct rs_layout *layout)
{
    struct offer offer = {.n = 0};

    if (err == NULL)
        return;
    fill(&offer, layout);
    for (size_t i = 0; i < offer.n; i++)
        put(err, i == 0 ? "; " : ", ", offer.reasons[i]);
    for (size_t i = 0; i < offer.n; i++)
        put(err, i == 0 ? ": " : " ", offer.options[i].text);
}
