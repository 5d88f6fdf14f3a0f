/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "name_list.h"

#include "human.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum {
    LONGEST = 32, /* name that is shown whole */
    OF_MORE = 30  /* " and 1,234,567 more" */
};

void rs_name_list_add(struct rs_name_list *list, const char *name)
{
    size_t len = strlen(name = rs_name_shown(name));
    size_t shown = len <= LONGEST ? len : rs_utf8_whole(name, LONGEST - 3);
    size_t used = strlen(list->text);

    list->of++;
    if (list->n == RS_NAME_LIST_MOST ||
        used + shown + 8 + OF_MORE > sizeof list->text)
        return;
    (void)snprintf(list->text + used, sizeof list->text - used, "%s%.*s%s",
                   used > 0 ? ", " : "", (int)shown, name,
                   shown < len ? "..." : "");
    list->n++;
}

const char *rs_name_list_end(struct rs_name_list *list)
{
    size_t used = strlen(list->text);
    struct rs_human n;

    if (list->of > list->n)
        (void)snprintf(list->text + used, sizeof list->text - used,
                       " and %s more", rs_human_count(&n, list->of - list->n));
    return list->text;
}
