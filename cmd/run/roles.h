/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_ROLES_H
#define RS_ROLES_H

#include "settings.h"

/*
 * Roles: what columns are for besides being y, x or covariate. The columns of
 * a role are selected as those of -c, read, and known to a run as
 * input.roles[RS_ROLE_...]; they are no x unless they are asked for. The rows
 * of the table are in role_rows.h.
 */
enum rs_role {
#define ROW(symbol, ...) RS_ROLE_##symbol,
#include "role_rows.h"
#undef ROW
    RS_N_ROLES
};

enum rs_role_kind {
    RS_ROLE_NUMBERS, /* must be numeric */
    RS_ROLE_LEVELS,  /* which rows go together, or their order: text or
                        numbers, as rs_column.levels */
    RS_ROLE_TERMS,   /* covariates, which they become if they are none */
    RS_ROLE_LOOKED   /* are only looked at, by the conditions in its list, and
                        may be x: text as rs_column.levels */
};

struct rs_role_info {
    const char *setting; /* that names the columns */
    size_t list; /* offset of its struct rs_list in struct rs_settings */
    enum rs_role_kind kind;
    size_t most; /* columns that it may have */
};

/* [RS_N_ROLES], indexed by enum rs_role. */
extern const struct rs_role_info rs_roles[RS_N_ROLES];

/* What was asked for as a role; n = 0: nothing. */
const struct rs_list *rs_role_list(const struct rs_settings *settings,
                                   enum rs_role role);

#endif
