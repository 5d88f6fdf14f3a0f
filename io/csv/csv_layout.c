/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_sniff.h"
#include "csv_stream.h"

#include <inttypes.h>

/* The delimiter that was asked for, or that the first bytes show. */
static enum rs_status find_delimiter(struct rs_csv *csv, const char *bytes,
                                     size_t n, struct rs_error *err)
{
    char decimal = csv->options.decimal;

    if (csv->delimiter == '\0')
        csv->delimiter = rs_sniff_delimiter(bytes, n, decimal);
    if (csv->delimiter == decimal)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{delimiter} and {decimal} are both '%c': the "
                            "first lines of '%s' show no other delimiter",
                            decimal, csv->bytes.path);
    if (csv->comment_len > 0 && csv->comment[0] == csv->delimiter)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{comment} '%s' begins with what separates the "
                            "fields of '%s'",
                            csv->comment, csv->bytes.path);
    return RS_OK;
}

/* Offset of the line behind those that are to be skipped.
 * begin  inout  that of the first line */
static enum rs_status skip_lines(uint64_t *begin, const struct rs_csv *csv,
                                 char *buffer, struct rs_error *err)
{
    uint64_t ends = 0;
    bool after_cr = false; /* CRLF is one line end */

    for (uint64_t at = *begin;;) {
        const char *bytes = NULL;
        size_t n = 0;
        enum rs_status status = rs_bytes_read(&bytes, &n, &csv->bytes, at,
                                              buffer, RS_CSV_SNIFF_BYTES, err);
        if (status != RS_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            char c = bytes[i];
            if (ends == csv->options.n_skip && !(after_cr && c == '\n')) {
                *begin = at + i;
                return RS_OK;
            }
            ends += c == '\r' || (c == '\n' && !after_cr) ? 1 : 0;
            after_cr = c == '\r';
        }
        at += n;
        if (n == 0)
            return rs_error_set_at(
                err, RS_ERR_MALFORMED, csv->bytes.path, 0, 0,
                "there is nothing behind the %" PRIu64 " line%s of {skip}",
                csv->options.n_skip, csv->options.n_skip == 1 ? "" : "s");
    }
}

/* Excel's first line, which says what separates the others. */
static enum rs_status check_first_line(const struct rs_csv *csv,
                                       const char *bytes, size_t n,
                                       struct rs_error *err)
{
    char mark = rs_sniff_sep_line(bytes, n);

    if (mark == '\0')
        return RS_OK;
    return rs_error_set_at(err, RS_ERR_MALFORMED, csv->bytes.path, 1, 0,
                           mark == '\t'
                               ? "Excel's line that names the separator: "
                                 "{skip} 1 {d} tab reads what is below it"
                               : "Excel's line that names the separator: "
                                 "{skip} 1 {d} '%c' reads what is below it",
                           mark);
}

enum rs_status rs_csv_find_layout(uint64_t *begin, struct rs_csv *csv,
                                  char *buffer, struct rs_error *err)
{
    struct rs_csv_stream stream = {.csv = csv};
    const char *bytes = NULL;
    size_t n = 0;
    size_t mark = 0;
    enum rs_status status = rs_bytes_read(&bytes, &n, &csv->bytes, 0, buffer,
                                          RS_CSV_SNIFF_BYTES, err);

    if (status == RS_OK)
        status = rs_sniff_kind(&mark, bytes, n, csv->bytes.path, err);
    *begin = mark;
    if (status == RS_OK && csv->options.n_skip == 0)
        status = check_first_line(csv, bytes + mark, n - mark, err);
    else if (status == RS_OK)
        status = skip_lines(begin, csv, buffer, err);
    if (status == RS_OK)
        status = rs_csv_read(&bytes, &n, &stream, *begin, buffer,
                             RS_CSV_SNIFF_BYTES, err);
    if (status == RS_OK)
        status = find_delimiter(csv, bytes, n, err);
    return status;
}
