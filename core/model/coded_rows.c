/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coded_rows.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    const struct rs_coded_row *p = left;
    const struct rs_coded_row *q = right;

    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    if (p->b != q->b)
        return p->b < q->b ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

void rs_coded_rows_sort(struct rs_coded_row *rows, size_t n)
{
    qsort(rows, n, sizeof *rows, compare);
}
