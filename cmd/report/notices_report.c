/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notices_report.h"

#include "message.h"

bool rs_tells_notes(const struct rs_informing_settings *settings)
{
    return !settings->quiet && !settings->no_notes;
}

void rs_notices_print_notes(const struct rs_notices *notices,
                            const struct rs_informing_settings *settings)
{
    for (size_t i = 0; i < notices->n && rs_tells_notes(settings); i++)
        if (notices->list[i].kind == RS_NOTICE_NOTE)
            rs_message_text("", notices->list[i].text);
}

void rs_notices_tell_warnings(struct rs_notices *notices,
                              const struct rs_informing_settings *settings)
{
    for (size_t i = 0; i < notices->n; i++) {
        struct rs_notice *notice = &notices->list[i];
        if (notice->kind != RS_NOTICE_WARNING || notice->told)
            continue;
        notice->told = true;
        if (!settings->quiet || settings->strict)
            rs_message_text("warning: ", notice->text);
    }
}
