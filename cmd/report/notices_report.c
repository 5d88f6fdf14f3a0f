/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notices_report.h"

#include "message.h"

static bool is_hidden(enum rs_notice_kind kind,
                      const struct rs_informing_settings *settings)
{
    return kind == RS_NOTICE_WARNING ? settings->quiet && !settings->strict
                                     : settings->quiet || settings->no_notes;
}

void rs_notices_report(struct rs_notices *notices, enum rs_notice_kind kind,
                       const struct rs_informing_settings *settings)
{
    for (size_t i = 0; i < notices->n; i++) {
        struct rs_notice *notice = &notices->list[i];
        if (notice->kind != kind || notice->told)
            continue;
        notice->told = true;
        if (!is_hidden(kind, settings))
            rs_message_text(kind == RS_NOTICE_WARNING ? "warning: " : "",
                            notice->text);
    }
}
