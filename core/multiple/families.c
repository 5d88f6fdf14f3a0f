/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"

#include "family_strips.h"
#include "mem.h"
#include "p_median.h"
#include "parallel.h"
#include "sorted.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { ITEMS_PER_THREAD = 4 }; /* below it threads work within a family */

struct rs_families {
    const struct rs_family_map *map;
    struct rs_adjust_curve *curves; /* [map->n] */
    double log_median;
};

/* Making several families. */
struct making {
    struct rs_families *families;
    const double *cells;
    const struct rs_families_ask *ask;
    struct rs_family_strips strips;
    size_t at_once;  /* families of one item */
    unsigned within; /* threads for one family */
    _Atomic uint64_t bytes;
    atomic_bool failed;
    struct rs_error error; /* of the item that failed first */
};

/* ---- several families -------------------------------------------- */

static enum rs_status make_one(struct making *making, size_t family,
                               double *values, size_t n, double *spare,
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
        status = rs_adjust_make(curve, values, n, &ask, err);
    } else {
        for (size_t i = 0; i < n; i++)
            if (!isnan(values[i]))
                values[m++] = values[i] + 0.0;
        rs_sort(values, spare, m);
        status = rs_adjust_make_sorted(curve, values, m, &ask, err);
    }
    (void)atomic_fetch_add(&making->bytes, rs_adjust_bytes(curve));
    return status;
}

static enum rs_status make_some(struct making *making, size_t first,
                                size_t count, struct rs_error *err)
{
    size_t starts[RS_FAMILIES_AT_ONCE + 1] = {0};
    size_t most = 0;
    double *values = NULL;
    enum rs_status status = RS_OK;

    for (size_t k = 0; k < count; k++) {
        size_t n = rs_family_strips_cells(&making->strips, first + k);
        starts[k + 1] = starts[k] + n;
        most = n > most ? n : most;
    }
    values = rs_alloc(starts[count] + most, sizeof *values, err);
    if (values == NULL)
        return RS_ERR_NOMEM;
    rs_family_strips_take(&making->strips, values, starts, making->cells, first,
                          count);
    for (size_t k = 0; k < count && status == RS_OK; k++)
        status =
            make_one(making, first + k, values + starts[k],
                     starts[k + 1] - starts[k], values + starts[count], err);
    free(values);
    return status;
}

static void make_item(void *ctx, size_t item)
{
    struct making *making = ctx;
    size_t first = item * making->at_once;
    size_t count = making->ask->map->n - first;
    struct rs_error err = {0};

    if (atomic_load(&making->failed))
        return;
    count = count < making->at_once ? count : making->at_once;
    if (make_some(making, first, count, &err) != RS_OK &&
        !atomic_exchange(&making->failed, true))
        making->error = err;
}

static enum rs_status run_items(struct making *making, unsigned n_threads,
                                struct rs_error *err)
{
    size_t n = making->ask->map->n;

    if (n < (size_t)ITEMS_PER_THREAD * n_threads) {
        making->at_once = 1;
        making->within = n_threads;
        n_threads = 1;
    }
    rs_parallel(n_threads, (n + making->at_once - 1) / making->at_once, making,
                make_item);
    if (!atomic_load(&making->failed))
        return RS_OK;
    if (err != NULL)
        *err = making->error;
    return RS_ERR_NOMEM;
}

static enum rs_status make_many(struct rs_families *families,
                                const double *cells,
                                const struct rs_families_ask *ask,
                                struct rs_error *err)
{
    const struct rs_family_map *map = ask->map;
    bool by_x = ((unsigned)map->family & RS_FAMILY_X) != 0;
    struct making making = {.families = families,
                            .cells = cells,
                            .ask = ask,
                            .at_once = by_x ? RS_FAMILIES_AT_ONCE : 1,
                            .within = 1};
    enum rs_status status = rs_family_strips_init(&making.strips, map, err);

    atomic_store(&making.bytes, map->n * sizeof *families->curves);
    if (status == RS_OK)
        status =
            run_items(&making, ask->n_threads == 0 ? 1 : ask->n_threads, err);
    if (status == RS_OK)
        status = rs_p_median(&families->log_median, cells, map->n_cells,
                             ask->n_threads, err);
    rs_family_strips_clear(&making.strips);
    return status;
}

/* ---- one family -------------------------------------------------- */

/* One family: exact where that may take so much memory. */
static enum rs_status make_all(struct rs_families *families,
                               const double *cells,
                               const struct rs_families_ask *ask,
                               struct rs_error *err)
{
    size_t n = ask->map->n_cells;
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

/* ---- life -------------------------------------------------------- */

static struct rs_families *new_families(const struct rs_family_map *map,
                                        struct rs_error *err)
{
    struct rs_families *families = rs_alloc(1, sizeof *families, err);

    if (families == NULL)
        return NULL;
    families->map = map;
    families->log_median = NAN;
    families->curves = rs_alloc(map->n, sizeof *families->curves, err);
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
    struct rs_families *families = new_families(ask->map, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (families == NULL)
        return RS_ERR_NOMEM;
    status = ask->map->n == 1 ? make_all(families, cells, ask, err)
                              : make_many(families, cells, ask, err);
    if (status != RS_OK) {
        rs_families_free(families);
        return status;
    }
    *out = families;
    return RS_OK;
}

/* The median of all, from all histograms together. */
static enum rs_status find_median(struct rs_families *families,
                                  const struct rs_p_histogram *histograms,
                                  struct rs_error *err)
{
    struct rs_pages pages = {0};
    struct rs_adjust_curve curve = {0};
    enum rs_status status = RS_OK;

    if (families->map->n == 1) {
        families->log_median = families->curves[0].log_p_median;
        return RS_OK;
    }
    status = rs_pages_new(&pages, sizeof *histograms, err);
    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < families->map->n; i++)
        rs_p_histogram_merge(pages.base, &histograms[i]);
    status = rs_p_histogram_curve(&curve, pages.base, 0, err);
    families->log_median = curve.log_p_median;
    rs_adjust_clear(&curve);
    rs_pages_free(&pages);
    return status;
}

enum rs_status rs_families_new_histograms(
    struct rs_families **out, const struct rs_p_histogram *histograms,
    const struct rs_families_ask *ask, struct rs_error *err)
{
    struct rs_families *families = new_families(ask->map, err);
    enum rs_status status = RS_OK;

    *out = NULL;
    if (families == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < ask->map->n && status == RS_OK; i++)
        status = rs_p_histogram_curve(&families->curves[i], &histograms[i],
                                      ask->methods, err);
    if (status == RS_OK)
        status = find_median(families, histograms, err);
    if (status != RS_OK) {
        rs_families_free(families);
        return status;
    }
    *out = families;
    return RS_OK;
}

void rs_families_free(struct rs_families *families)
{
    if (families == NULL)
        return;
    for (size_t i = 0; i < families->map->n; i++)
        rs_adjust_clear(&families->curves[i]);
    free(families->curves);
    free(families);
}

/* ---- looking up -------------------------------------------------- */

const struct rs_adjust_curve *rs_families_of(const struct rs_families *families,
                                             size_t part, size_t y_ix,
                                             size_t x_ix)
{
    return &families->curves[rs_family_map_of(families->map, part, y_ix, x_ix)];
}

size_t rs_families_n(const struct rs_families *families)
{
    return families->map->n;
}

const struct rs_adjust_curve *
rs_families_curve(const struct rs_families *families, size_t i)
{
    return &families->curves[i];
}

struct rs_families_pi0 rs_families_pi0(const struct rs_families *families)
{
    struct rs_families_pi0 out = {INFINITY, 0.0, 0, 0};

    for (size_t i = 0; i < families->map->n; i++) {
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

    for (size_t i = 0; i < families->map->n; i++)
        m += families->curves[i].m;
    return m;
}

double rs_families_distance(const struct rs_families *families)
{
    double worst = 0.0;

    for (size_t i = 0; i < families->map->n; i++)
        if (families->curves[i].distance > worst)
            worst = families->curves[i].distance;
    return worst;
}

double rs_families_log_median(const struct rs_families *families)
{
    return families->log_median;
}
