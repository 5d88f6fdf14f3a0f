/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"

#include "mem.h"
#include "p_median.h"
#include "parallel.h"
#include "sorted.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
    COLUMNS = 8,         /* of the cells that lie in one cache line */
    ITEMS_PER_THREAD = 4 /* below it threads work within a family */
};

struct rs_families {
    enum rs_family family;
    size_t n;
    struct rs_adjust_curve *curves; /* [n] */
    double log_median;
};

/* Making families y or x. */
struct making {
    struct rs_families *families;
    const double *cells;
    const struct rs_families_ask *ask;
    size_t members;  /* cells of a family */
    size_t at_once;  /* families of one item */
    unsigned within; /* threads for one family */
    _Atomic uint64_t bytes;
    atomic_bool failed;
    struct rs_error error; /* of the item that failed first */
};

/* Cells of `count` families from the first, family after family. */
static void gather(double *out, const struct making *making, size_t first,
                   size_t count)
{
    size_t n_x = making->ask->n_x;

    for (size_t i = 0; i < making->members; i++)
        for (size_t k = 0; k < count; k++)
            out[k * making->members + i] =
                making->ask->family == RS_FAMILY_Y
                    ? making->cells[(first + k) * n_x + i]
                    : making->cells[i * n_x + first + k];
}

static enum rs_status make_one(struct making *making, size_t family,
                               double *values, double *spare,
                               struct rs_error *err)
{
    struct rs_adjust_curve *curve = &making->families->curves[family];
    struct rs_adjust_ask ask = {.methods = making->ask->methods,
                                .n_threads = making->within};
    uint64_t bytes = atomic_load(&making->bytes);
    size_t m = 0;
    enum rs_status status = RS_OK;

    ask.most_bytes =
        making->ask->most_bytes > bytes ? making->ask->most_bytes - bytes : 0;
    if (making->within > 1) {
        status = rs_adjust_make(curve, values, making->members, &ask, err);
    } else {
        for (size_t i = 0; i < making->members; i++)
            if (!isnan(values[i]))
                values[m++] = values[i] + 0.0;
        rs_sort(values, spare, m);
        status = rs_adjust_make_sorted(curve, values, m, &ask, err);
    }
    (void)atomic_fetch_add(&making->bytes, rs_adjust_bytes(curve));
    return status;
}

static void make_item(void *ctx, size_t item)
{
    struct making *making = ctx;
    size_t first = item * making->at_once;
    size_t count = making->families->n - first;
    struct rs_error err = {0};
    enum rs_status status = RS_OK;
    double *values = NULL;

    if (atomic_load(&making->failed))
        return;
    count = count < making->at_once ? count : making->at_once;
    values = rs_alloc((count + 1) * making->members, sizeof *values, &err);
    if (values == NULL) {
        status = RS_ERR_NOMEM;
    } else {
        gather(values, making, first, count);
        for (size_t k = 0; k < count && status == RS_OK; k++)
            status = make_one(making, first + k, values + k * making->members,
                              values + count * making->members, &err);
    }
    if (status != RS_OK && !atomic_exchange(&making->failed, true))
        making->error = err;
    free(values);
}

static enum rs_status make_many(struct rs_families *families,
                                const double *cells,
                                const struct rs_families_ask *ask,
                                struct rs_error *err)
{
    bool by_y = ask->family == RS_FAMILY_Y;
    unsigned n_threads = ask->n_threads == 0 ? 1 : ask->n_threads;
    struct making making = {.families = families,
                            .cells = cells,
                            .ask = ask,
                            .members = by_y ? ask->n_x : ask->n_y,
                            .at_once = by_y ? 1 : COLUMNS,
                            .within = 1};
    size_t n_items = 0;

    atomic_store(&making.bytes, families->n * sizeof *families->curves);
    if (families->n < (size_t)ITEMS_PER_THREAD * n_threads) {
        making.at_once = 1;
        making.within = n_threads;
        n_threads = 1;
    }
    n_items = (families->n + making.at_once - 1) / making.at_once;
    rs_parallel(n_threads, n_items, &making, make_item);
    if (atomic_load(&making.failed)) {
        if (err != NULL)
            *err = making.error;
        return RS_ERR_NOMEM;
    }
    return rs_p_median(&families->log_median, cells, ask->n_y * ask->n_x,
                       ask->n_threads, err);
}

/* One family: exact where that may take so much memory. */
static enum rs_status make_all(struct rs_families *families,
                               const double *cells,
                               const struct rs_families_ask *ask,
                               struct rs_error *err)
{
    uint64_t n = (uint64_t)ask->n_y * ask->n_x;
    bool over = ask->most_bytes / sizeof(double) <= n;
    struct rs_adjust_ask exact = {
        .methods = ask->methods, .n_threads = ask->n_threads, .over = &over};
    struct rs_pages pages = {0};
    struct rs_error own = {0};
    enum rs_status status = RS_OK;

    if (!over) {
        exact.most_bytes = ask->most_bytes - n * sizeof(double);
        status = rs_adjust_make(&families->curves[0], cells, n, &exact, &own);
        if (status != RS_OK && !over && err != NULL)
            *err = own;
    }
    if (over) {
        status = rs_p_histogram_of(&pages, cells, n, ask->n_threads, err);
        if (status == RS_OK)
            status = rs_p_histogram_curve(&families->curves[0], pages.base,
                                          ask->methods, err);
        rs_pages_free(&pages);
    }
    families->log_median = families->curves[0].log_p_median;
    return status;
}

static struct rs_families *new_families(enum rs_family family, size_t n,
                                        struct rs_error *err)
{
    struct rs_families *families = rs_alloc(1, sizeof *families, err);

    if (families == NULL)
        return NULL;
    families->family = family;
    families->n = n;
    families->log_median = NAN;
    families->curves = rs_alloc(n, sizeof *families->curves, err);
    if (families->curves == NULL) {
        free(families);
        return NULL;
    }
    return families;
}

enum rs_status rs_families_new(struct rs_families **out, const double *cells,
                               const struct rs_families_ask *ask,
                               struct rs_error *err)
{
    size_t n = ask->family == RS_FAMILY_ALL ? 1
               : ask->family == RS_FAMILY_Y ? ask->n_y
                                            : ask->n_x;
    struct rs_families *families = new_families(ask->family, n, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (families == NULL)
        return RS_ERR_NOMEM;
    status = ask->family == RS_FAMILY_ALL
                 ? make_all(families, cells, ask, err)
                 : make_many(families, cells, ask, err);
    if (status != RS_OK) {
        rs_families_free(families);
        return status;
    }
    *out = families;
    return RS_OK;
}

enum rs_status rs_families_new_histogram(struct rs_families **out,
                                         const struct rs_p_histogram *histogram,
                                         unsigned methods, struct rs_error *err)
{
    struct rs_families *families = new_families(RS_FAMILY_ALL, 1, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (families == NULL)
        return RS_ERR_NOMEM;
    status =
        rs_p_histogram_curve(&families->curves[0], histogram, methods, err);
    if (status != RS_OK) {
        rs_families_free(families);
        return status;
    }
    families->log_median = families->curves[0].log_p_median;
    *out = families;
    return RS_OK;
}

void rs_families_free(struct rs_families *families)
{
    if (families == NULL)
        return;
    for (size_t i = 0; i < families->n; i++)
        rs_adjust_clear(&families->curves[i]);
    free(families->curves);
    free(families);
}

const struct rs_adjust_curve *rs_families_of(const struct rs_families *families,
                                             size_t y_ix, size_t x_ix)
{
    size_t i = families->family == RS_FAMILY_ALL ? 0
               : families->family == RS_FAMILY_Y ? y_ix
                                                 : x_ix;
    return &families->curves[i];
}

void rs_families_log(double *out, const struct rs_families *families,
                     size_t y_ix, size_t x_ix, double log_p)
{
    rs_adjust_log_all(out, rs_families_of(families, y_ix, x_ix), log_p);
}

size_t rs_families_n(const struct rs_families *families)
{
    return families->n;
}

const struct rs_adjust_curve *
rs_families_curve(const struct rs_families *families, size_t i)
{
    return &families->curves[i];
}

struct rs_families_pi0 rs_families_pi0(const struct rs_families *families)
{
    struct rs_families_pi0 out = {INFINITY, 0.0, 0, 0};

    for (size_t i = 0; i < families->n; i++) {
        const struct rs_adjust_curve *curve = &families->curves[i];
        if (curve->m == 0)
            continue;
        out.least = fmin(out.least, exp(curve->log_pi0));
        out.most = fmax(out.most, exp(curve->log_pi0));
        out.n++;
        out.n_unsound += curve->pi0_sound ? 0 : 1;
    }
    return out;
}

uint64_t rs_families_tests(const struct rs_families *families)
{
    uint64_t m = 0;

    for (size_t i = 0; i < families->n; i++)
        m += families->curves[i].m;
    return m;
}

double rs_families_distance(const struct rs_families *families)
{
    double worst = 0.0;

    for (size_t i = 0; i < families->n; i++)
        if (families->curves[i].distance > worst)
            worst = families->curves[i].distance;
    return worst;
}

double rs_families_log_median(const struct rs_families *families)
{
    return families->log_median;
}
