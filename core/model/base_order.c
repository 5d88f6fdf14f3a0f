/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base_order.h"

#include <stdlib.h>
#include <string.h>

void rs_base_order_clear(struct rs_base_order *order)
{
    for (size_t p = 0; order->contrasts != NULL && p < order->n; p++)
        rs_contrast_clear(&order->contrasts[p]);
    free(order->ends);
    free(order->null);
    free(order->kept);
    free(order->contrasts);
    memset(order, 0, sizeof *order);
}

bool rs_base_order_ends(const struct rs_base_order *order, size_t term)
{
    for (size_t p = 0; p < order->n; p++)
        if (order->ends[p] == term)
            return true;
    return false;
}

void rs_base_order_apply(const struct rs_base_order *order, size_t term,
                         struct rs_contrast *contrast)
{
    for (size_t p = 0; p < order->n; p++)
        rs_contrast_add(contrast, &order->contrasts[p],
                        rs_dd_neg(order->null[p * order->n_terms + term]));
}
