/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "first_bytes.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* ---- looks at the beginning -------------------------------------- */

struct head {
    const unsigned char *bytes; /* [n] */
    size_t n;
};

static bool has(const struct head *head, size_t at, const char *bytes,
                size_t len)
{
    return at <= head->n && len <= head->n - at &&
           memcmp(head->bytes + at, bytes, len) == 0;
}

/* Whether some text stands among the first bytes. */
static bool finds(const struct head *head, const char *text)
{
    size_t len = strlen(text);

    for (size_t at = 0; at + len <= head->n && at < 4096; at++)
        if (memcmp(head->bytes + at, text, len) == 0)
            return true;
    return false;
}

/* A byte that no text has, soon. */
static bool is_binary(const struct head *head)
{
    for (size_t i = 0; i < head->n && i < 512; i++)
        if (head->bytes[i] < '\t')
            return true;
    return false;
}

/* Where the text begins, behind a mark and blanks. */
static size_t first_letter(const struct head *head)
{
    size_t at = has(head, 0, "\xef\xbb\xbf", 3) ? 3 : 0;

    while (at < head->n && isspace(head->bytes[at]))
        at++;
    return at;
}

/* Whether the text begins so, in any case. */
static bool begins(const struct head *head, const char *text)
{
    size_t at = first_letter(head);
    size_t len = strlen(text);

    if (len > head->n - at)
        return false;
    for (size_t i = 0; i < len; i++)
        if (tolower(head->bytes[at + i]) != text[i])
            return false;
    return true;
}

/* ---- kinds that take more than a comparison ---------------------- */

static bool is_zip(const struct head *head)
{
    return has(head, 0, "PK\3\4", 4) || has(head, 0, "PK\5\6", 4);
}

static bool is_xlsx(const struct head *head)
{
    return is_zip(head) && (finds(head, "[Content_Types].xml") ||
                            finds(head, "_rels/.rels") || finds(head, "xl/"));
}

static bool is_ods(const struct head *head)
{
    return is_zip(head) && finds(head, "mimetypeapplication/vnd.oasis."
                                       "opendocument.spreadsheet");
}

static bool is_npz(const struct head *head)
{
    return is_zip(head) && finds(head, ".npy");
}

static bool is_html(const struct head *head)
{
    return begins(head, "<!doctype html") || begins(head, "<html") ||
           begins(head, "<head") || begins(head, "<table");
}

static bool is_xml(const struct head *head)
{
    return begins(head, "<?xml");
}

/* An object or an array of them: no header has a quote within a name. */
static bool is_json(const struct head *head)
{
    size_t at = first_letter(head);
    struct head rest;

    if (at >= head->n || (head->bytes[at] != '{' && head->bytes[at] != '['))
        return false;
    rest = (struct head){head->bytes + at + 1, head->n - at - 1};
    return head->bytes[at] == '{' ? begins(&rest, "\"")
                                  : begins(&rest, "{") || begins(&rest, "[");
}

/* Without a mark, that every other byte of the header is 0 shows it. */
static bool is_utf16(const struct head *head)
{
    const unsigned char *b = head->bytes;

    return has(head, 0, "\xff\xfe", 2) || has(head, 0, "\xfe\xff", 2) ||
           (head->n >= 4 &&
            ((b[0] >= ' ' && b[1] == 0 && b[2] >= '\t' && b[3] == 0) ||
             (b[0] == 0 && b[1] >= ' ' && b[2] == 0 && b[3] >= '\t')));
}

/* dBase: a date, the length of a header that is made of 32 bytes a field. */
static bool is_dbf(const struct head *head)
{
    const unsigned char *b = head->bytes;
    unsigned len = head->n < 32 ? 0 : b[8] | (unsigned)b[9] << 8;

    return len >= 65 && (len % 32 == 1 || len % 32 == 9) &&
           (b[0] == 0x03 || b[0] == 0x30 || b[0] == 0x83 || b[0] == 0x8b ||
            b[0] == 0xf5) &&
           b[2] >= 1 && b[2] <= 12 && b[3] >= 1 && b[3] <= 31;
}

static bool is_rdata(const struct head *head)
{
    return has(head, 0, "RDX2\nX\n", 7) || has(head, 0, "RDX3\nX\n", 7) ||
           has(head, 0, "RDA3\nA\n", 7) || has(head, 0, "RDA2\nA\n", 7);
}

static bool is_tiff(const struct head *head)
{
    return has(head, 0, "II*\0", 4) || has(head, 0, "MM\0*", 4) ||
           has(head, 0, "II+\0", 4) || has(head, 0, "MM\0+", 4);
}

static bool is_netcdf(const struct head *head)
{
    return has(head, 0, "CDF\1", 4) || has(head, 0, "CDF\2", 4) ||
           has(head, 0, "CDF\5", 4);
}

static bool is_image(const struct head *head)
{
    return has(head, 0, "\x89PNG\r\n", 6) || has(head, 0, "\xff\xd8\xff", 3) ||
           (is_binary(head) &&
            (has(head, 0, "GIF87a", 6) || has(head, 0, "GIF89a", 6)));
}

/* ---- the table --------------------------------------------------- */

/* The file, what it is called without its ending, and with .csv there: these
 * stand for themselves in a cure. */
static const char tokens[][6] = {"@IN", "@STEM", "@OUT"};

struct kind {
    const char *what;
    const char *cure;  /* with tokens in it */
    const char *magic; /* [len] */
    size_t len;
    size_t at;
    bool (*is)(const struct head *head); /* NULL: the magic alone tells */
};

#define MAGIC(bytes)   bytes, sizeof bytes - 1, 0, NULL
#define LETTERS(bytes) bytes, sizeof bytes - 1, 0, is_binary
#define BY(function)   "", 0, 0, function

/* The first that a file is. */
static const struct kind kinds[] = {
#include "first_bytes_rows.h"
};

static bool is_of(const struct head *head, const struct kind *kind)
{
    return has(head, kind->at, kind->magic, kind->len) &&
           (kind->is == NULL || kind->is(head));
}

/* ---- the cure ---------------------------------------------------- */

enum { NAME_BYTES = 160 };

/* What a shell takes as it stands, and a line has room for. */
static bool is_plain(const char *path)
{
    return path[0] != '-' && strlen(path) < NAME_BYTES - 10 &&
           strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789._/+=,:@%-") == strlen(path);
}

/* Length of a path [len] without its ending. */
static size_t cut_ending(const char *path, size_t len)
{
    size_t at = len;

    while (at > 0 && path[at - 1] != '.' && path[at - 1] != '/')
        at--;
    return at > 1 && path[at - 1] == '.' && path[at - 2] != '/' ? at - 1 : len;
}

/* The same, and without that of what was packed. */
static size_t stem_of(const char *path)
{
    static const char *const packed[] = {".gz", ".bgz", ".bz2", ".xz", ".zst"};
    size_t len = cut_ending(path, strlen(path));

    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        if (strcmp(path + len, packed[i]) == 0)
            return cut_ending(path, len);
    return len;
}

/* Writes a cure to out [size], with names in place of its tokens. */
static void put_cure(char *out, size_t size, const char *cure, const char *path)
{
    const char *in = is_plain(path) ? path : "FILE";
    int stem = (int)stem_of(in);
    bool same = strcmp(in + stem, ".csv") == 0;
    size_t used = 0;

    while (*cure != '\0' && used + NAME_BYTES < size) {
        size_t t = 0;
        while (t < 3 && strncmp(cure, tokens[t], strlen(tokens[t])) != 0)
            t++;
        if (t == 3) {
            out[used++] = *cure++;
            continue;
        }
        cure += strlen(tokens[t]);
        used += (size_t)snprintf(out + used, size - used, "%.*s%s",
                                 t == 0 ? NAME_BYTES : stem, in,
                                 t < 2  ? ""
                                 : same ? "-text.csv"
                                        : ".csv");
    }
    out[used] = '\0';
}

enum rs_status rs_first_bytes_check(const char *bytes, size_t n,
                                    const char *path, struct rs_error *err)
{
    const struct head head = {(const unsigned char *)bytes, n};
    char cure[4 * NAME_BYTES];

    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (!is_of(&head, &kinds[k]))
            continue;
        put_cure(cure, sizeof cure, kinds[k].cure, path);
        return rs_error_set_at(err, RS_ERR_MALFORMED, path, 0, 0, "%s: %s",
                               kinds[k].what, cure);
    }
    return RS_OK;
}
