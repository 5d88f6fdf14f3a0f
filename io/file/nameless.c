/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE */
#include "nameless.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* folder: [PATH_MAX]; "" where the path is longer than any can be. */
static void folder_of(char *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL ? 0 : (size_t)(slash - path);

    if (slash == NULL)
        (void)snprintf(folder, PATH_MAX, ".");
    else if (len == 0)
        (void)snprintf(folder, PATH_MAX, "/");
    else
        (void)snprintf(folder, PATH_MAX, "%.*s", len < PATH_MAX ? (int)len : 0,
                       path);
}

static int open_temporary(void)
{
    static const char name[] = "regsweep.XXXXXX";
    const char *folder = getenv("TMPDIR");
    char path[PATH_MAX];
    int fd = -1;

    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return -1;
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

int rs_nameless_open(const char *path)
{
    char folder[PATH_MAX] = "";
    int fd = -1;

    if (path != NULL)
        folder_of(folder, path);
    if (folder[0] != '\0')
        fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return fd >= 0 ? fd : open_temporary();
}

double rs_nameless_room(const char *path)
{
    char folder[PATH_MAX];
    struct statvfs st;

    folder_of(folder, path);
    if (folder[0] == '\0' || statvfs(folder, &st) != 0)
        return -1.0;
    return (double)st.f_bavail * (double)st.f_frsize;
}
