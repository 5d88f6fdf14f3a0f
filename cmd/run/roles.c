/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roles.h"

const struct rs_role_info rs_roles[RS_N_ROLES] = {
#define ROW(symbol, name, field, of, at_most)                                  \
    {.setting = name,                                                          \
     .list = offsetof(struct rs_settings, field),                              \
     .kind = RS_ROLE_##of,                                                     \
     .most = at_most},
#include "role_rows.h"
#undef ROW
};

const struct rs_list *rs_role_list(const struct rs_settings *settings,
                                   enum rs_role role)
{
    return (const struct rs_list *)(const void *)((const char *)settings +
                                                  rs_roles[role].list);
}
