/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outputs_meet.h"

#include "folder.h"
#include "outfile.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool are_one(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_in_one_folder(const char *path, const char *other)
{
    struct rs_error err = {0};
    char *folder = rs_folder_of(path, &err);
    char *beside = rs_folder_of(other, &err);
    struct stat a;
    struct stat b;
    bool yes = folder != NULL && beside != NULL && stat(folder, &a) == 0 &&
               stat(beside, &b) == 0 && are_one(&a, &b);

    free(beside);
    free(folder);
    return yes;
}

/* What follows the folder, and its length without .partial. */
static const char *name_of(size_t *len, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const size_t n_suffix = strlen(RS_OUTFILE_PARTIAL);

    *len = strlen(name);
    if (*len > n_suffix &&
        strcmp(name + *len - n_suffix, RS_OUTFILE_PARTIAL) == 0)
        *len -= n_suffix;
    return name;
}

bool rs_outputs_meet(const char *path, const char *other)
{
    struct stat a;
    struct stat b;
    size_t len = 0;
    size_t len_other = 0;
    const char *name = name_of(&len, path);
    const char *name_other = NULL;

    if (stat(path, &a) == 0 && S_ISREG(a.st_mode) &&
        (other == NULL ? fstat(STDOUT_FILENO, &b) : stat(other, &b)) == 0 &&
        are_one(&a, &b))
        return true;
    if (other == NULL)
        return false;
    name_other = name_of(&len_other, other);
    return len == len_other && strncmp(name, name_other, len) == 0 &&
           is_in_one_folder(path, other);
}
