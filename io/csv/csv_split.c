/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_stream.h"

#include "parallel.h"

#include <stdlib.h>
#include <string.h>

void rs_csv_parallel(const struct rs_csv *csv, size_t n, void *ctx,
                     void (*work)(void *ctx, size_t i))
{
    rs_parallel(csv->options.n_threads, n, ctx, work);
}

/* ---- chunks ------------------------------------------------------ */

/*
 * A range of bytes, scanned before it is known whether it begins inside
 * quotes: everything is counted for both cases (index 1: begins quoted).
 */
struct scan {
    uint64_t begin, end;
    bool odd;              /* an odd number of quotes */
    uint64_t ends[2];      /* line ends outside quotes */
    uint64_t first_end[2]; /* offset behind the first of them, or end + 1 */
    struct rs_error error;
};

struct split {
    const struct rs_csv *csv;
    struct scan *scans;
};

/* A line end is LF, or CR not followed by LF. */
static bool ends_line(char c, char next)
{
    return c == '\n' || (c == '\r' && next != '\n');
}

/* One byte after the other. */
static void scan_slowly(struct scan *scan, const char *bytes, size_t n,
                        size_t n_known, uint64_t offset)
{
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        size_t unquoted = scan->odd ? 1 : 0; /* which case is outside now */
        if (c == '"') {
            scan->odd = !scan->odd;
            continue;
        }
        if (c > '\r' || !ends_line(c, i + 1 < n_known ? bytes[i + 1] : '\0'))
            continue;
        if (scan->ends[unquoted]++ == 0)
            scan->first_end[unquoted] = offset + i + 1;
    }
}

/* Vectors of bytes, as every machine has them. */
enum { LANES = 16, SPAN = 255 * LANES }; /* no lane counts beyond 255 */
typedef unsigned char lanes __attribute__((vector_size(LANES)));

/* Counts the line ends of SPAN bytes, of which one more is known. Returns
 * false, and the count is of no use, when there are quotes. */
static bool count_ends(uint64_t *ends, const char *bytes)
{
    lanes quotes = {0};
    lanes sums = {0};
    uint64_t total = 0;
    unsigned char any = 0;

    for (size_t i = 0; i < SPAN; i += LANES) {
        lanes here;
        lanes behind;
        memcpy(&here, bytes + i, sizeof here);
        memcpy(&behind, bytes + i + 1, sizeof behind);
        quotes |= (lanes)(here == '"');
        sums -= (lanes)((here == '\n') | ((here == '\r') & (behind != '\n')));
    }
    for (size_t k = 0; k < LANES; k++) {
        total += sums[k];
        any |= quotes[k];
    }
    *ends = total;
    return any == 0;
}

static void scan_bytes(struct scan *scan, const char *bytes, size_t n,
                       size_t n_known, uint64_t offset)
{
    size_t i = 0;

    for (; i + SPAN < n; i += SPAN) {
        size_t unquoted = scan->odd ? 1 : 0;
        uint64_t ends = 0;
        if (!count_ends(&ends, bytes + i) ||
            (ends > 0 && scan->ends[unquoted] == 0))
            scan_slowly(scan, bytes + i, SPAN, SPAN + 1, offset + i);
        else
            scan->ends[unquoted] += ends;
    }
    scan_slowly(scan, bytes + i, n - i, n_known - i, offset + i);
}

/* stream: where it is, to be read on from there. */
static void scan_on(struct scan *scan, struct rs_csv_stream *stream,
                    char *buffer)
{
    size_t block_bytes = stream->csv->block_bytes;

    scan->first_end[0] = UINT64_MAX;
    scan->first_end[1] = UINT64_MAX;
    for (uint64_t at = scan->begin; at < scan->end;) {
        const char *bytes = NULL;
        size_t n = block_bytes;
        size_t n_known = 0;
        if (n > scan->end - at)
            n = (size_t)(scan->end - at);
        /* One byte more, to tell CR from CRLF. */
        if (rs_csv_read(&bytes, &n_known, stream, at, buffer, n + 1,
                        &scan->error) != RS_OK)
            break;
        scan_bytes(scan, bytes, n, n_known, at);
        at += n;
    }
}

/* Reads the range as it is: quotes and line ends are the same when remade. */
static void scan_range(void *ctx, size_t i)
{
    const struct split *split = ctx;
    struct scan *scan = &split->scans[i];
    char *buffer = rs_alloc(split->csv->block_bytes + 1, 1, &scan->error);
    struct rs_csv_stream stream = {.csv = split->csv, .as_is = true};

    if (buffer != NULL)
        scan_on(scan, &stream, buffer);
    free(buffer);
}

/* Quotes in comments are none, and where comments are is known only from the
 * beginning on: one range after the other. */
static enum rs_status scan_in_turn(const struct split *split, size_t n,
                                   struct rs_error *err)
{
    char *buffer = rs_alloc(split->csv->block_bytes + 1, 1, err);
    struct rs_csv_stream stream = {.csv = split->csv};

    if (buffer == NULL)
        return RS_ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        scan_on(&split->scans[i], &stream, buffer);
    free(buffer);
    return RS_OK;
}

/* Strings the ranges together: now it is known which of them begin inside
 * quotes. A chunk begins behind the first record end of its range; a range
 * without one belongs to the chunk before. */
static void make_chunks(struct rs_csv *csv, const struct scan *scans, size_t n)
{
    bool quoted = false;
    struct rs_chunk *chunk = csv->chunks;

    chunk->begin = csv->data_begin;
    chunk->most = 0;
    for (size_t i = 0; i < n; i++) {
        size_t which = quoted ? 1 : 0;
        uint64_t first = scans[i].first_end[which];
        if (i > 0 && scans[i].ends[which] > 0) {
            chunk->end = first;
            chunk->most++; /* the record that ends at `first` */
            chunk++;
            chunk->begin = first;
            chunk->most = scans[i].ends[which] - 1;
        } else {
            chunk->most += scans[i].ends[which];
        }
        quoted = quoted != scans[i].odd;
    }
    chunk->end = csv->bytes.size;
    chunk->most++; /* a last record may lack its line end */
    csv->n_chunks = (size_t)(chunk - csv->chunks) + 1;
}

enum rs_status rs_csv_split(struct rs_csv *csv, struct rs_error *err)
{
    uint64_t size = csv->bytes.size - csv->data_begin;
    size_t n = (size_t)(size / csv->chunk_bytes) + 1;
    struct split split = {csv, NULL};
    enum rs_status status = RS_ERR_NOMEM;

    if (csv->chunks != NULL)
        return RS_OK;
    split.scans = rs_alloc(n, sizeof *split.scans, err);
    csv->chunks = rs_alloc(n, sizeof *csv->chunks, err);
    if (split.scans == NULL || csv->chunks == NULL)
        goto done;
    for (size_t i = 0; i < n; i++) {
        split.scans[i].begin = csv->data_begin + size / n * i;
        split.scans[i].end =
            i + 1 == n ? csv->bytes.size : csv->data_begin + size / n * (i + 1);
    }
    status = RS_OK;
    if (csv->comment_len > 0)
        status = scan_in_turn(&split, n, err);
    else
        rs_csv_parallel(csv, n, &split, scan_range);
    for (size_t i = 0; i < n && status == RS_OK; i++) {
        status = split.scans[i].error.status;
        if (status != RS_OK && err != NULL)
            *err = split.scans[i].error;
    }
    if (status == RS_OK)
        make_chunks(csv, split.scans, n);
done:
    if (status != RS_OK) {
        free(csv->chunks);
        csv->chunks = NULL;
    }
    free(split.scans);
    return status;
}
