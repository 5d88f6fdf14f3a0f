/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sched_getaffinity, CPU_COUNT_S */
#include "cpus.h"

#include <errno.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_CAP = 4096 };

static unsigned affinity_count(void)
{
    /* Machines with more CPUs than a fixed set holds need a larger one. */
    for (unsigned n = 1024; n <= 65536; n *= 2) {
        size_t size = CPU_ALLOC_SIZE(n);
        cpu_set_t *set = CPU_ALLOC(n);
        int count = 0;
        int rc = -1;
        if (set == NULL)
            break;
        rc = sched_getaffinity(0, size, set);
        count = rc == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (rc == 0)
            return count > 0 ? (unsigned)count : 1;
        if (errno != EINVAL)
            break;
    }
    return 1;
}

/* Reads one or two numbers; "max" and what is missing give infinity. */
static double read_ratio(const char *quota_path, const char *period_path)
{
    double quota = INFINITY;
    double period = INFINITY;
    FILE *file = fopen(quota_path, "r");

    if (file == NULL)
        return INFINITY;
    if (fscanf(file, "%lf", &quota) != 1)
        quota = INFINITY;
    if (period_path == NULL && fscanf(file, "%lf", &period) != 1)
        period = INFINITY;
    (void)fclose(file);
    if (period_path != NULL) {
        file = fopen(period_path, "r");
        if (file == NULL)
            return INFINITY;
        if (fscanf(file, "%lf", &period) != 1)
            period = INFINITY;
        (void)fclose(file);
    }
    if (!isfinite(quota) || !isfinite(period) || quota <= 0 || period <= 0)
        return INFINITY;
    return quota / period;
}

/* The least quota on the way from a cgroup up to the root. */
static double walk_up(const char *root, char *group, const char *quota_name,
                      const char *period_name)
{
    double least = INFINITY;

    for (;;) {
        char quota[PATH_CAP];
        char period[PATH_CAP];
        char *slash = strrchr(group, '/');
        double ratio = 0;
        (void)snprintf(quota, sizeof quota, "%s%s/%s", root, group, quota_name);
        if (period_name != NULL)
            (void)snprintf(period, sizeof period, "%s%s/%s", root, group,
                           period_name);
        ratio = read_ratio(quota, period_name != NULL ? period : NULL);
        least = ratio < least ? ratio : least;
        if (slash == NULL || group[0] == '\0')
            return least;
        *slash = '\0';
    }
}

/* Lines of /proc/self/cgroup are "id:controllers:path"; version 2 has no
 * controllers. */
static double cgroup_quota(void)
{
    char line[PATH_CAP];
    double least = INFINITY;
    FILE *file = fopen("/proc/self/cgroup", "r");

    if (file == NULL)
        return INFINITY;
    while (fgets(line, sizeof line, file) != NULL) {
        char *controllers = strchr(line, ':');
        char *path = controllers == NULL ? NULL : strchr(controllers + 1, ':');
        double quota = INFINITY;
        if (path == NULL)
            continue;
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        if (controllers[1] == '\0')
            quota = walk_up("/sys/fs/cgroup", path, "cpu.max", NULL);
        else if (strstr(controllers, "cpu") != NULL)
            quota = walk_up("/sys/fs/cgroup/cpu", path, "cpu.cfs_quota_us",
                            "cpu.cfs_period_us");
        least = quota < least ? quota : least;
    }
    (void)fclose(file);
    return least;
}

unsigned rs_cpus_usable(void)
{
    unsigned count = affinity_count();
    double quota = ceil(cgroup_quota());

    return quota < (double)count ? (unsigned)quota : count;
}
