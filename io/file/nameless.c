/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE, mkostemp */
#include "nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

int rs_nameless_open(const char *folder)
{
    static const char name[] = "regsweep.XXXXXX";
    char path[PATH_MAX];
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd >= 0)
        return fd;
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >=
        (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

double rs_nameless_room(const char *folder)
{
    struct statvfs st;

    if (statvfs(folder, &st) != 0)
        return -1.0;
    return (double)st.f_bavail * (double)st.f_frsize;
}
