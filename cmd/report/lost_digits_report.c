/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lost_digits_report.h"

#include "message.h"

void rs_lost_digits_print(const struct rs_lost_digits *lost)
{
    char text[RS_LOST_DIGITS_TEXT];

    rs_lost_digits_text(text, lost);
    if (text[0] != '\0')
        rs_message("%s", text);
}
