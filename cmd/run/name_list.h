/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NAME_LIST_H
#define RS_NAME_LIST_H

#include <stddef.h>

/*
 * Names in a message: the first ones, and how many more there are. All zero:
 * none yet.
 */
enum { RS_NAME_LIST_MOST = 10, RS_NAME_LIST_TEXT = 400 };

struct rs_name_list {
    char text[RS_NAME_LIST_TEXT]; /* "a, b, c" */
    size_t n;                     /* names in it */
    size_t of;                    /* that were added */
};

/* A name in a sentence: two quotes where it is empty, as R leaves that of the
 * column of row names. */
static inline const char *rs_name_shown(const char *name)
{
    return name[0] == '\0' ? "''" : name;
}

/* Adds a name; a long one is cut. Those behind the first ten are counted. */
void rs_name_list_add(struct rs_name_list *list, const char *name);

/* Adds how many more there are: for one that is complete. Returns the text. */
const char *rs_name_list_end(struct rs_name_list *list);

#endif
