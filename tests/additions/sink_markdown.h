/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SINK_MARKDOWN_H
#define RS_SINK_MARKDOWN_H

#include "output_kind.h"

/* A table of Markdown, a line for each row; bars in names are escaped. Errors
 * of make: those of rs_sink_lines_init. */
extern const struct rs_output_kind rs_output_markdown;

#endif
