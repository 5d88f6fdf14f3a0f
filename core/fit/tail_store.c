/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tail_store.h"

#include "mem.h"

#include <stdlib.h>

/* Of some degrees of freedom; NULL: not made yet. */
struct tails {
    struct rs_tail_table *table;
    double *edges;
};

struct rs_tail_store {
    struct tails of[RS_TAIL_STORE_MOST];
};

enum rs_status rs_tail_store_new(struct rs_tail_store **out,
                                 struct rs_error *err)
{
    *out = rs_alloc(1, sizeof **out, err);
    return *out == NULL ? RS_ERR_NOMEM : RS_OK;
}

void rs_tail_store_free(struct rs_tail_store *store)
{
    for (size_t i = 0; store != NULL && i < RS_TAIL_STORE_MOST; i++) {
        rs_tail_table_free(store->of[i].table);
        free(store->of[i].edges);
    }
    free(store);
}

struct rs_tail_table *rs_tail_store_table(struct rs_tail_store *store,
                                          double df)
{
    struct tails *tails = &store->of[(size_t)df];

    if (tails->table == NULL &&
        rs_tail_table_new(&tails->table, df, NULL) != RS_OK)
        tails->table = NULL;
    return tails->table;
}

const double *rs_tail_store_edges(struct rs_tail_store *store, double df)
{
    struct tails *tails = &store->of[(size_t)df];

    if (tails->edges == NULL) {
        tails->edges = rs_alloc(RS_P_EDGES, sizeof *tails->edges, NULL);
        if (tails->edges != NULL)
            rs_p_edges_r(tails->edges, df);
    }
    return tails->edges;
}
