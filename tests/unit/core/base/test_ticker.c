/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ticker.h"

#include "run_suite.h"

#include <stdio.h>
#include <string.h>

/* What a ticker is told, a word a call. */
struct heard {
    char text[200];
    size_t n;
};

static void note(struct heard *heard, const char *text)
{
    ck_assert_uint_lt(heard->n + strlen(text), sizeof heard->text);
    strcpy(heard->text + heard->n, text);
    heard->n += strlen(text);
}

static void hear_stage(void *ctx, const char *what)
{
    note(ctx, what);
    note(ctx, " ");
}

static void hear_count(void *ctx, const char *what, const char *unit,
                       uint64_t done, uint64_t total)
{
    char text[80];

    (void)snprintf(text, sizeof text, "%s:%d/%d%s ",
                   what == NULL ? "rows" : what, (int)done, (int)total,
                   unit == NULL ? "pairs" : unit);
    note(ctx, text);
}

static void hear_end(void *ctx)
{
    note(ctx, "end ");
}

static void work(const struct rs_ticker *ticker)
{
    rs_ticker_stage(ticker, "reading");
    rs_ticker_end(ticker);
    rs_ticker_count(ticker, NULL, NULL, 0, 7);
    rs_ticker_count(ticker, "permute", "rounds", 3, 9);
    rs_ticker_end(ticker);
}

START_TEST(test_told)
{
    struct heard heard = {.n = 0};
    const struct rs_ticker ticker = {&heard, hear_stage, hear_count, hear_end};

    work(&ticker);
    ck_assert_str_eq(heard.text,
                     "reading end rows:0/7pairs permute:3/9rounds end ");
    work(NULL); /* nobody wants to know */
    ck_assert_uint_eq(heard.n, strlen(heard.text));
}
END_TEST

static const struct suite_test tests[] = {
    {&test_told, 1},
};
SUITE(ticker, tests)
