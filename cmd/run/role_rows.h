/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What columns are for besides being y, x or covariate, once: included with
 * ROW defined. A new one is a row here and a LIST in setting_rows.h.
 *
 *     ROW(symbol, setting, field, kind, most)
 *
 * What these are is said in struct rs_role_info.
 */
/* clang-format off */
ROW(GROUP, "group", selecting.groups, LEVELS, SIZE_MAX)
ROW(WEIGHTS, "weights", selecting.weights, NUMBERS, 1)
ROW(CLUSTER, "cluster", modelling.cluster, LEVELS, 2)
ROW(TIME, "time", modelling.time, LEVELS, 1)
ROW(STRATA, "strata", modelling.strata, LEVELS, 1)
ROW(PSU, "psu", modelling.psu, LEVELS, 1)
ROW(INTERACT, "interact", modelling.interact, TERMS, 1)
ROW(WHERE, "where", selecting.where, LOOKED, SIZE_MAX)
/* clang-format on */
