/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transposed_layout.h"

#include "name_index.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { MOST_FIELDS = 6 };

/* Files that are known by how their headers begin. */
static const struct {
    const char *known;
    const char *fields[MOST_FIELDS]; /* in any case; "": any word; NULL: end */
    size_t name;
} layouts[] = {
    /* plink2 --export A-transpose, plink --recode A-transpose */
    {"PLINK .traw", {"CHR", "SNP", "(C)M", "POS", "COUNTED", "ALT"}, 1},
    /* QTLtools: #chr start end id gid strand; the names of id and gid vary */
    {"BED", {"#chr", "start", "end", "", "", "strand"}, 3},
    /* FastQTL, tensorQTL */
    {"BED", {"#chr", "start", "end", ""}, 3},
};

static size_t n_fields_of(const char *const *fields)
{
    size_t n = 0;

    while (n < MOST_FIELDS && fields[n] != NULL)
        n++;
    return n;
}

static bool begins_with(const char *const *header, const char *const *fields,
                        size_t n)
{
    for (size_t f = 0; f < n; f++)
        if (fields[f][0] != '\0' && strcasecmp(fields[f], header[f]) != 0)
            return false;
    return true;
}

static void find_known(struct rs_transposed_layout *out,
                       const char *const *header, size_t n)
{
    *out = (struct rs_transposed_layout){.leading = 1};
    for (size_t k = 0; k < sizeof layouts / sizeof layouts[0]; k++) {
        size_t leading = n_fields_of(layouts[k].fields);
        if (leading >= n || !begins_with(header, layouts[k].fields, leading))
            continue;
        *out = (struct rs_transposed_layout){.name = layouts[k].name,
                                             .leading = leading,
                                             .known = layouts[k].known};
        return;
    }
}

/* The next field of a name, from `from` on; n: there is none. */
static size_t next_field(const char *const *header, size_t n, const char *name,
                         size_t from)
{
    while (from < n && strcmp(header[from], name) != 0)
        from++;
    return from;
}

/* The field of the variable's name, as it is asked for. */
static enum rs_status find_name(size_t *out, const char *const *header,
                                size_t n, const char *name,
                                struct rs_error *err)
{
    size_t at = next_field(header, n, name, 0);
    size_t twin = at < n ? next_field(header, n, name, at + 1) : n;
    size_t near = rs_names_nearest(name, header, n);

    *out = at;
    if (twin < n)
        return rs_error_set(err, RS_ERR_MALFORMED,
                            "{name-column}: two fields of the header are "
                            "called '%s': fields %zu and %zu",
                            name, at + 1, twin + 1);
    if (at < n)
        return RS_OK;
    *out = 0;
    return rs_error_set(err, RS_ERR_USAGE,
                        near < n ? "{name-column}: the header has no field "
                                   "'%s'; did you mean '%s'?"
                                 : "{name-column}: the header has no field "
                                   "'%s'%.0s",
                        name, near < n ? header[near] : "");
}

static enum rs_status find(struct rs_transposed_layout *out,
                           const char *const *header, size_t n,
                           const struct rs_transposed_options *options,
                           struct rs_error *err)
{
    const char *name = options->name_column;
    enum rs_status status = RS_OK;

    find_known(out, header, n);
    if (out->known != NULL && name != NULL &&
        next_field(header, n, name, 0) == n)
        return RS_OK;
    if (name != NULL) {
        status = find_name(&out->name, header, n, name, err);
        if (out->name >= out->leading)
            *out = (struct rs_transposed_layout){.name = out->name,
                                                 .leading = out->name + 1};
    }
    if (status != RS_OK || options->leading == 0)
        return status;
    if (options->leading <= out->name)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{leading} %zu: the variable's name is field %zu "
                            "(%s)",
                            options->leading, out->name + 1, header[out->name]);
    out->leading = options->leading;
    out->known = NULL;
    return RS_OK;
}

enum rs_status rs_transposed_layout_find(
    struct rs_transposed_layout *out, const char *const *header, size_t n,
    const struct rs_transposed_options *options, struct rs_error *err)
{
    enum rs_status status = find(out, header, n, options, err);

    out->head = header[out->name];
    return status;
}

const char *rs_transposed_known(const char *const *header, size_t n)
{
    struct rs_transposed_layout layout;

    find_known(&layout, header, n);
    return layout.known;
}
