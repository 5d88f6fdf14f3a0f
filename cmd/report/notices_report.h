/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NOTICES_REPORT_H
#define RS_NOTICES_REPORT_H

#include "notices.h"
#include "settings.h"

/* Whether settings want notes of what was done. */
bool rs_tells_notes(const struct rs_informing_settings *settings);

/* Prints the notes, as they are, where they are wanted. */
void rs_notices_print_notes(const struct rs_notices *notices,
                            const struct rs_informing_settings *settings);

/* Prints the warnings that have not been told yet, as `warning: ...`. {quiet}
 * hides them, but with {strict} they are errors, which nothing hides. */
void rs_notices_tell_warnings(struct rs_notices *notices,
                              const struct rs_informing_settings *settings);

#endif
