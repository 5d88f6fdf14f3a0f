/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "p_median.h"

#include "mem.h"
#include "p_histogram.h"
#include "sorted.h"
#include "tails.h"

#include <math.h>
#include <stdlib.h>

/* The bucket that holds the p of the given rank, from 0, and how many have a
 * smaller p than any in it. */
static size_t bucket_at(uint64_t *before,
                        const struct rs_p_histogram *histogram, uint64_t rank)
{
    size_t bucket = RS_P_BUCKETS - 1;
    uint64_t seen = 0;

    while (bucket > 0 && seen + histogram->counts[bucket] <= rank)
        seen += histogram->counts[bucket--];
    *before = seen;
    return bucket;
}

enum rs_status rs_p_median(double *median, const double *log_p, size_t n,
                           unsigned n_threads, struct rs_error *err)
{
    struct rs_pages pages = {0};
    const struct rs_p_histogram *histogram = NULL;
    double *middle = NULL; /* of the buckets of both middle ones; and room */
    uint64_t m = 0;
    uint64_t before = 0;
    uint64_t ignored = 0;
    size_t low = 0;
    size_t high = 0;
    size_t count = 0;
    size_t found = 0;
    enum rs_status status = rs_p_histogram_of(&pages, log_p, n, n_threads, err);

    *median = NAN;
    if (status != RS_OK)
        return status;
    histogram = pages.base;
    for (size_t i = 0; i < RS_P_BUCKETS; i++)
        m += histogram->counts[i];
    if (m == 0)
        goto done;
    high = bucket_at(&before, histogram, (m - 1) / 2);
    low = bucket_at(&ignored, histogram, m / 2);
    for (size_t i = low; i <= high; i++)
        count += (size_t)histogram->counts[i];
    middle = rs_alloc(2 * count, sizeof *middle, err);
    if (middle == NULL) {
        status = RS_ERR_NOMEM;
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        size_t bucket = isnan(log_p[i]) ? SIZE_MAX : rs_p_bucket(log_p[i]);
        if (bucket >= low && bucket <= high)
            middle[found++] = log_p[i];
    }
    rs_sort(middle, middle + count, count);
    *median =
        rs_log_p_middle(middle[(m - 1) / 2 - before], middle[m / 2 - before]);
done:
    free(middle);
    rs_pages_free(&pages);
    return status;
}
