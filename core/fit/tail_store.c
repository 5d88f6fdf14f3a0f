/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tail_store.h"

#include "mem.h"

#include <stdlib.h>

/* Of some degrees of freedom; NULL: not made yet. */
struct tails {
    struct rs_tail_table *table;
    double *edges;
};

/* In pages, of which a run touches one or two. */
enum { PAGE = 128, N_PAGES = RS_TAIL_STORE_MOST / PAGE };

struct rs_tail_store {
    struct tails *pages[N_PAGES]; /* [PAGE]; NULL: none of it was asked for */
};

enum rs_status rs_tail_store_new(struct rs_tail_store **out,
                                 struct rs_error *err)
{
    *out = rs_alloc(1, sizeof **out, err);
    return *out == NULL ? RS_ERR_NOMEM : RS_OK;
}

static void page_free(struct tails *page)
{
    for (size_t i = 0; page != NULL && i < PAGE; i++) {
        rs_tail_table_free(page[i].table);
        free(page[i].edges);
    }
    free(page);
}

void rs_tail_store_free(struct rs_tail_store *store)
{
    for (size_t k = 0; store != NULL && k < N_PAGES; k++)
        page_free(store->pages[k]);
    free(store);
}

/* NULL: no memory. */
static struct tails *tails_of(struct rs_tail_store *store, double df)
{
    struct tails **page = &store->pages[(size_t)df / PAGE];

    if (*page == NULL)
        *page = rs_alloc(PAGE, sizeof **page, NULL);
    return *page == NULL ? NULL : &(*page)[(size_t)df % PAGE];
}

struct rs_tail_table *rs_tail_store_table(struct rs_tail_store *store,
                                          double df)
{
    struct tails *tails = tails_of(store, df);

    if (tails == NULL)
        return NULL;
    if (tails->table == NULL &&
        rs_tail_table_new(&tails->table, df, NULL) != RS_OK)
        tails->table = NULL;
    return tails->table;
}

const double *rs_tail_store_edges(struct rs_tail_store *store, double df)
{
    struct tails *tails = tails_of(store, df);

    if (tails == NULL)
        return NULL;
    if (tails->edges == NULL) {
        tails->edges = rs_alloc(RS_P_EDGES, sizeof *tails->edges, NULL);
        if (tails->edges != NULL)
            rs_p_edges_r(tails->edges, df);
    }
    return tails->edges;
}
