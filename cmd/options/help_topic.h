/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_HELP_TOPIC_H
#define RS_HELP_TOPIC_H

#include "command.h"
#include "error.h"

/*
 * `regsweep help TOPIC`: a command; an option by its name or letter, with or
 * without dashes, or by what other tools call it, and what the man page says
 * of it; a section of options; a result column; or one of the topics.
 * commands  in  [n]
 * Errors: RS_ERR_USAGE, with the nearest topic.
 */
enum rs_status rs_help_topic(const char *topic,
                             const struct rs_command *commands, size_t n,
                             struct rs_error *err) RS_MUST_CHECK;

/* The topics that are neither commands, options nor columns; NULL behind the
 * last one. */
const char *rs_help_topic_name(size_t i);

#endif
