/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_table.h"

#include "mem.h"
#include "numtext.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER = 1 << 18, DIGITS = 8, DEFAULT_SIZE = 1000 };

static const uint64_t most = 1000000000;
static const double common_weight = 0.3;

enum rs_status rs_bench_size_parse(struct rs_bench_size *out, const char *text,
                                   struct rs_error *err)
{
    uint64_t numbers[3] = {DEFAULT_SIZE, DEFAULT_SIZE, DEFAULT_SIZE};
    const char *at = text;

    for (int i = 0; i < 3 && text != NULL; i++) {
        char *end = NULL;
        errno = 0;
        if (*at >= '0' && *at <= '9')
            numbers[i] = strtoull(at, &end, 10);
        if (end == NULL || errno != 0 || *end != (i < 2 ? ',' : '\0') ||
            numbers[i] < 1 || numbers[i] > most)
            return rs_error_set(err, RS_ERR_USAGE,
                                "--size: '%s' is not ROWS,Y,X: three whole "
                                "numbers from 1 to %" PRIu64,
                                text, most);
        at = end + 1;
    }
    *out = (struct rs_bench_size){numbers[0], numbers[1], numbers[2]};
    return RS_OK;
}

/* Random bits that follow from a number: splitmix64's output function. */
static uint64_t bits_of(uint64_t counter)
{
    uint64_t z = (counter + 1) * 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Roughly normal: the sum of four uniforms, scaled to variance 1. */
static double normal(uint64_t counter)
{
    uint64_t bits = bits_of(counter);
    double sum = 0.0;

    for (int i = 0; i < 4; i++)
        sum += (double)(bits >> (16 * i) & 0xffff) * 0x1p-16 - 0.5;
    return sum * sqrt(3.0);
}

/* What is to be written, gathered to larger pieces. */
struct writer {
    struct rs_outfile *file;
    char *buffer; /* [BUFFER] */
    size_t used;
};

static enum rs_status flush(struct writer *writer, struct rs_error *err)
{
    size_t used = writer->used;

    writer->used = 0;
    return rs_outfile_write(writer->file, writer->buffer, used, err);
}

/* Makes room for one more cell. */
static enum rs_status make_room(struct writer *writer, struct rs_error *err)
{
    return writer->used + RS_NUMTEXT_MAX + 1 > BUFFER ? flush(writer, err)
                                                      : RS_OK;
}

static enum rs_status write_header(struct writer *writer,
                                   const struct rs_bench_size *size,
                                   struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (uint64_t j = 0; j < size->y + size->x && status == RS_OK; j++) {
        bool is_y = j < size->y;
        status = make_room(writer, err);
        writer->used += (size_t)snprintf(
            writer->buffer + writer->used, RS_NUMTEXT_MAX, "%c%" PRIu64 "%c",
            is_y ? 'y' : 'x', (is_y ? j : j - size->y) + 1,
            j + 1 < size->y + size->x ? ',' : '\n');
    }
    return status;
}

static enum rs_status write_row(struct writer *writer, uint64_t row,
                                const struct rs_bench_size *size,
                                struct rs_error *err)
{
    uint64_t n = size->y + size->x;
    double common = common_weight * normal(row * (n + 1));
    enum rs_status status = RS_OK;

    for (uint64_t j = 0; j < n && status == RS_OK; j++) {
        status = make_room(writer, err);
        writer->used += rs_number_write_digits(
            writer->buffer + writer->used,
            normal(row * (n + 1) + 1 + j) + common, DIGITS);
        writer->buffer[writer->used++] = j + 1 < n ? ',' : '\n';
    }
    return status;
}

enum rs_status rs_bench_table_write(struct rs_outfile *file,
                                    const struct rs_bench_size *size,
                                    struct rs_error *err)
{
    struct writer writer = {file, rs_alloc(BUFFER, 1, err), 0};
    enum rs_status status = RS_ERR_NOMEM;

    if (writer.buffer != NULL)
        status = write_header(&writer, size, err);
    for (uint64_t i = 0; i < size->rows && status == RS_OK; i++)
        status = write_row(&writer, i, size, err);
    if (status == RS_OK)
        status = flush(&writer, err);
    free(writer.buffer);
    return status;
}
