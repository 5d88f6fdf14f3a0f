/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_words.h"

#include <stdio.h>

const struct rs_family_word rs_family_words[RS_N_FAMILY_WORDS] = {
    {"all", RS_FAMILY_ALL},     {"y", RS_FAMILY_Y},     {"x", RS_FAMILY_X},
    {"group", RS_FAMILY_GROUP}, {"set", RS_FAMILY_SET},
};

void rs_family_names(char *out, size_t room)
{
    size_t used = 0;

    for (size_t i = 0; i < RS_N_FAMILY_WORDS && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s",
                                 i == 0 ? "" : ", ", rs_family_words[i].name);
}
