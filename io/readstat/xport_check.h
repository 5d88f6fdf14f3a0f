/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_XPORT_CHECK_H
#define RS_XPORT_CHECK_H

#include "bytes.h"

/*
 * What libreadstat reads past in a transport file of SAS: an end within a
 * record of 80 bytes, and a second dataset, whose header it would take for
 * rows.
 * Errors: RS_ERR_MALFORMED, RS_ERR_READ, RS_ERR_NOMEM.
 */
enum rs_status rs_xport_check(const struct rs_bytes *bytes,
                              struct rs_error *err) RS_MUST_CHECK;

#endif
