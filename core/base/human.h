/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_HUMAN_H
#define RS_HUMAN_H

#include <stdint.h>

/* Numbers for people. Each function writes into the text given and returns
 * it. */
struct rs_human {
    char text[40];
};

/* 1234567 -> "1,234,567" */
const char *rs_human_count(struct rs_human *out, uint64_t n);

/* Bytes: "512 bytes", "1.5 MiB" */
const char *rs_human_bytes(struct rs_human *out, double bytes);

/* Seconds: "0.123 s", "1.23 s", "12.3 s", "3:05", "1:02:03" (hours) */
const char *rs_human_time(struct rs_human *out, double seconds);

/* Per second: "950/s", "1.2 M/s" */
const char *rs_human_rate(struct rs_human *out, double per_second);

/* "s" unless n is 1. */
static inline const char *rs_plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

#endif
