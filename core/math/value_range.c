/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value_range.h"

#include "vector_code.h"

enum { LANES = 8 };

RS_WIDE void rs_value_range(double *least, double *most, bool *finite,
                            const double *values, size_t n)
{
    double low[LANES];
    double high[LANES];
    double poison[LANES] = {0.0}; /* stays 0 while all is finite */
    double any = 0.0;
    size_t i = 0;

    for (size_t l = 0; l < LANES; l++) {
        low[l] = values[0];
        high[l] = values[0];
    }
    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double v = values[i + l];
            low[l] = v < low[l] ? v : low[l];
            high[l] = v > high[l] ? v : high[l];
            poison[l] += v * 0.0;
        }
    for (size_t l = 0; i + l < n; l++) {
        double v = values[i + l];
        low[l] = v < low[l] ? v : low[l];
        high[l] = v > high[l] ? v : high[l];
        poison[l] += v * 0.0;
    }
    *least = low[0];
    *most = high[0];
    for (size_t l = 0; l < LANES; l++) {
        *least = low[l] < *least ? low[l] : *least;
        *most = high[l] > *most ? high[l] : *most;
        any += poison[l];
    }
    *finite = any == 0.0;
}

/* Sum of the parts that values have behind the point; they are below 2^53. */
RS_WIDE static double behind_point(const double *values, size_t n)
{
    const double one = 0x1p52; /* adding it rounds to an integer */
    double off = 0.0;

    for (size_t i = 0; i < n; i++) {
        double v = fabs(values[i]);
        double whole = v < one ? (v + one) - one : v;
        off += fabs(whole - v);
    }
    return off;
}

bool rs_are_whole(const double *values, size_t n, double max_abs)
{
    enum { PIECE = 64 };

    if (!(max_abs < 0x1p53))
        return false;
    for (size_t i = 0; i < n; i += PIECE)
        if (behind_point(&values[i], n - i < PIECE ? n - i : PIECE) != 0.0)
            return false;
    return true;
}
