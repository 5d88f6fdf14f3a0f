/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input_files.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct rs_input_file {
    dev_t device;
    ino_t inode;
    char *path;
};

enum rs_status rs_input_files_add(struct rs_input_files *inputs,
                                  const char *path, struct rs_error *err)
{
    size_t n = inputs->n;
    struct rs_input_file *more = NULL;
    char *copy = NULL;
    struct stat st;
    int rc =
        strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st);

    if (rc != 0 || !S_ISREG(st.st_mode))
        return RS_OK;
    more = rs_grow(inputs->files, n, sizeof *more, err);
    if (more == NULL)
        return RS_ERR_NOMEM;
    inputs->files = more;
    copy = rs_text_copy(path, strlen(path), err);
    if (copy == NULL)
        return RS_ERR_NOMEM;
    more[n] = (struct rs_input_file){st.st_dev, st.st_ino, copy};
    inputs->n = n + 1;
    return RS_OK;
}

const char *rs_input_files_find(const struct rs_input_files *inputs,
                                const struct stat *file)
{
    for (size_t i = 0; inputs != NULL && i < inputs->n; i++)
        if (inputs->files[i].device == file->st_dev &&
            inputs->files[i].inode == file->st_ino)
            return inputs->files[i].path;
    return NULL;
}

enum rs_status rs_input_files_check(const struct rs_input_files *inputs,
                                    const char *output, const char *path,
                                    struct rs_error *err)
{
    struct stat st;

    if (stat(path, &st) != 0 || rs_input_files_find(inputs, &st) == NULL)
        return RS_OK;
    if (strcmp(output, path) == 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: '%s' is the input itself", output);
    return rs_error_set(err, RS_ERR_USAGE,
                        "{output}: '%s' would be written by way of '%s', "
                        "which is an input",
                        output, path);
}

void rs_input_files_clear(struct rs_input_files *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        free(inputs->files[i].path);
    free(inputs->files);
    memset(inputs, 0, sizeof *inputs);
}
