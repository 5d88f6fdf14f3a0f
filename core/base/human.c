/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "human.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *rs_human_count(struct rs_human *out, uint64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, n);
    char *at = out->text;

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    *at = '\0';
    return out->text;
}

const char *rs_human_bytes(struct rs_human *out, double bytes)
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    size_t unit = 0;

    if (bytes < 1024) {
        (void)snprintf(out->text, sizeof out->text, "%.0f bytes", bytes);
        return out->text;
    }
    bytes /= 1024;
    while (bytes >= 1024 && unit + 1 < sizeof units / sizeof units[0]) {
        bytes /= 1024;
        unit++;
    }
    (void)snprintf(out->text, sizeof out->text,
                   bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
    return out->text;
}

const char *rs_human_time(struct rs_human *out, double seconds)
{
    uint64_t whole = seconds > 0 ? (uint64_t)(seconds + 0.5) : 0;

    if (seconds < 1)
        (void)snprintf(out->text, sizeof out->text, "%.3f s", seconds);
    else if (seconds < 10)
        (void)snprintf(out->text, sizeof out->text, "%.2f s", seconds);
    else if (seconds < 60)
        (void)snprintf(out->text, sizeof out->text, "%.1f s", seconds);
    else if (whole < 3600)
        (void)snprintf(out->text, sizeof out->text,
                       "%" PRIu64 ":%02" PRIu64 " min", whole / 60, whole % 60);
    else
        (void)snprintf(out->text, sizeof out->text,
                       "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64 " h",
                       whole / 3600, whole / 60 % 60, whole % 60);
    return out->text;
}

const char *rs_human_rate(struct rs_human *out, double per_second)
{
    if (per_second >= 1e6)
        (void)snprintf(out->text, sizeof out->text, "%.1f M/s",
                       per_second / 1e6);
    else if (per_second >= 1e4)
        (void)snprintf(out->text, sizeof out->text, "%.0f k/s",
                       per_second / 1e3);
    else
        (void)snprintf(out->text, sizeof out->text, "%.0f/s", per_second);
    return out->text;
}
