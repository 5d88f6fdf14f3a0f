/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near_file.h"

#include "name_index.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 1000 };

/* Names in a folder, but hidden ones; returns how many. */
static size_t list_files(char *names[MOST_FILES], const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry = NULL;
    size_t n = 0;

    if (dir == NULL)
        return 0;
    while (n < MOST_FILES && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        names[n] = strdup(entry->d_name);
        if (names[n] == NULL)
            break;
        n++;
    }
    (void)closedir(dir);
    return n;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Takes an ending off a name that has it: names of one kind are alike by what
 * is before that. Returns whether it had. */
static bool cut_end(char *name, const char *end)
{
    size_t len = strlen(name);
    size_t cut = strlen(end);
    bool has = cut > 0 && len > cut && strcmp(name + len - cut, end) == 0;

    if (has)
        name[len - cut] = '\0';
    return has;
}

void rs_near_file(char *out, size_t room, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    const char *end = dot == NULL ? "" : dot;
    char folder[512] = ".";
    char stem[256];
    char *names[MOST_FILES];
    bool cut[MOST_FILES];
    size_t n = 0;
    size_t near = 0;

    out[0] = '\0';
    (void)snprintf(stem, sizeof stem, "%s", name);
    (void)cut_end(stem, end);
    if (slash != NULL)
        (void)snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path);
    n = list_files(names, folder);
    qsort(names, n, sizeof names[0], compare);
    for (size_t i = 0; i < n; i++)
        cut[i] = cut_end(names[i], end);
    near = rs_names_nearest(stem, (const char *const *)names, n);
    if (near < n)
        (void)snprintf(out, room, "%.*s%s%s", (int)(name - path), path,
                       names[near], cut[near] ? end : "");
    for (size_t i = 0; i < n; i++)
        free(names[i]);
}
