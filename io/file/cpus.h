/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CPUS_H
#define RS_CPUS_H

/*
 * CPUs this process may use: those of its affinity mask, but no more than
 * the CPU quota of its cgroup (version 1 or 2) allows, rounded up. At least
 * 1. What cannot be read does not limit.
 */
unsigned rs_cpus_usable(void);

#endif
