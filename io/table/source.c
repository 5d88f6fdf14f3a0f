/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include "inflate.h"
#include "readstat_read.h"
#include "source_csv.h"
#include "source_readstat.h"
#include "source_transposed.h"

#include <string.h>

/* The first that knows an input reads it. */
static const struct rs_source_ops *const kinds[] = {
    &rs_source_readstat, &rs_source_transposed,
    &rs_source_csv, /* takes whatever is left */
};

enum { HEAD_BYTES = 4096 };

/* Where headers alone are wanted: what is looked at of compressed files, and of
 * those that have the names on all their lines. */
enum { INFLATED_MOST = 1 << 22, LINES_MOST = 1 << 26 };

/* The kind that reads an input; NULL: there is none. */
static const struct rs_source_ops *
find_kind(const char *name, const unsigned char *head, size_t n)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        const struct rs_source_ops *ops = kinds[k];
        if (name != NULL ? strcmp(name, ops->name) == 0
                         : ops->is != NULL && ops->is(head, n))
            return ops;
    }
    return NULL;
}

static enum rs_status choose(const struct rs_source_ops **out,
                             const struct rs_bytes *bytes, const char *name,
                             struct rs_error *err)
{
    char buffer[HEAD_BYTES];
    const char *head = NULL;
    size_t n = 0;
    enum rs_status status =
        rs_bytes_read(&head, &n, bytes, 0, buffer, sizeof buffer, err);

    if (status != RS_OK)
        return status;
    *out = find_kind(name, (const unsigned char *)head, n);
    if (*out == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "no kind of input is called '%s'", name);
    if (name != NULL && !(*out)->typed &&
        rs_readstat_is((const unsigned char *)head, n))
        return rs_error_set_at(err, RS_ERR_USAGE, bytes->path, 0, 0,
                               "{transpose} is for text, and this is a file of "
                               "SAS, SPSS or Stata");
    return RS_OK;
}

enum rs_status rs_source_open(struct rs_source **out, const char *path,
                              const struct rs_source_options *options,
                              struct rs_error *err)
{
    const struct rs_source_ops *ops = NULL;
    struct rs_bytes bytes;
    uint64_t n_bytes = 0;
    enum rs_status status =
        rs_inflate_open(&bytes, path, options->header_only ? INFLATED_MOST : 0,
                        options->hashes, err);

    *out = NULL;
    if (status != RS_OK)
        return status;
    n_bytes = bytes.size;
    status = choose(&ops, &bytes, options->kind, err);
    if (status != RS_OK) {
        rs_bytes_close(&bytes);
        return status;
    }
    if (options->header_only && !ops->typed && bytes.size > LINES_MOST)
        bytes.size = LINES_MOST;
    status = ops->open(out, &bytes, options, err);
    if (status != RS_OK)
        return status;
    (*out)->ops = ops;
    (*out)->path = path;
    (*out)->n_bytes = n_bytes;
    return RS_OK;
}

enum rs_status rs_source_set_rules(struct rs_source *source,
                                   const struct rs_column_rules *rules,
                                   struct rs_error *err)
{
    if (source->ops->set_rules == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "'%s' is %s, whose cells are no texts to be read "
                            "by a rule of their column ({na}, {truth}, "
                            "{dates})",
                            source->path, source->ops->name);
    return source->ops->set_rules(source, rules, err);
}

enum rs_status rs_source_load(struct rs_dataset **out, struct rs_source *source,
                              const size_t *columns, size_t n,
                              struct rs_error *err)
{
    enum rs_status status = source->ops->load(out, source, columns, n, err);

    if (status != RS_OK)
        return status;
    if (source->n_rows != 0 && source->n_rows != (*out)->n_rows) {
        rs_dataset_free(*out);
        *out = NULL;
        return rs_error_set_os(err, RS_ERR_READ, source->path, 0,
                               "the file changed while it was read");
    }
    source->n_rows = (*out)->n_rows;
    return RS_OK;
}

enum rs_status rs_source_load_factors(struct rs_source *source,
                                      struct rs_dataset *data,
                                      const struct rs_factors_ask *ask,
                                      struct rs_error *err)
{
    return source->ops->load_factors(source, data, ask, err);
}

enum rs_status rs_source_locate(uint64_t *line, size_t *field,
                                const struct rs_source *source, uint64_t row,
                                size_t column, struct rs_error *err)
{
    *line = 0;
    *field = 0;
    if (source->ops->locate == NULL)
        return RS_OK;
    return source->ops->locate(line, field, source, row, column, err);
}

void rs_source_offer(struct rs_error *err, const struct rs_source *source)
{
    if (source->ops->offer != NULL)
        source->ops->offer(err, source);
}

bool rs_source_has_line(const struct rs_source *source, const char *name)
{
    return source->ops->has_line != NULL && source->ops->has_line(source, name);
}

void rs_source_close(struct rs_source *source)
{
    if (source != NULL)
        source->ops->close(source);
}
