/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct rs_source {
    dev_t device;
    ino_t inode;
    char *path;
};

enum rs_status rs_sources_add(struct rs_sources *sources, const char *path,
                              struct rs_error *err)
{
    size_t n = sources->n;
    struct rs_source *more = sources->sources;
    char *copy = NULL;
    struct stat st;
    int rc =
        strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st);

    if (rc != 0 || !S_ISREG(st.st_mode))
        return RS_OK;
    if ((n & (n - 1)) == 0) /* room doubles */
        more = realloc(more, (n == 0 ? 1 : 2 * n) * sizeof *more);
    if (more == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    sources->sources = more;
    copy = rs_text_copy(path, strlen(path), err);
    if (copy == NULL)
        return RS_ERR_NOMEM;
    more[n] = (struct rs_source){st.st_dev, st.st_ino, copy};
    sources->n = n + 1;
    return RS_OK;
}

const char *rs_sources_find(const struct rs_sources *sources,
                            const struct stat *file)
{
    for (size_t i = 0; sources != NULL && i < sources->n; i++)
        if (sources->sources[i].device == file->st_dev &&
            sources->sources[i].inode == file->st_ino)
            return sources->sources[i].path;
    return NULL;
}

enum rs_status rs_sources_check(const struct rs_sources *sources,
                                const char *output, const char *path,
                                struct rs_error *err)
{
    struct stat st;

    if (stat(path, &st) != 0 || rs_sources_find(sources, &st) == NULL)
        return RS_OK;
    if (strcmp(output, path) == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: '%s' is the input itself", output);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{output}: '%s' would be written by way of '%s', "
                        "which is an input",
                        output, path);
}

void rs_sources_clear(struct rs_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++)
        free(sources->sources[i].path);
    free(sources->sources);
    memset(sources, 0, sizeof *sources);
}
