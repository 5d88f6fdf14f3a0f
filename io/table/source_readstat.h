/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SOURCE_READSTAT_H
#define RS_SOURCE_READSTAT_H

#include "source_ops.h"

/* Files of SAS, SPSS and Stata (readstat_read.h), known by their first bytes.
 */
extern const struct rs_source_ops rs_source_readstat;

#endif
