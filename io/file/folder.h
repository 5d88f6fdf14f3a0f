/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FOLDER_H
#define RS_FOLDER_H

#include "error.h"

/*
 * The folder of a path, which need not be there: "." of a name alone. The
 * caller frees it. Errors: NULL and RS_ERR_NOMEM in err.
 */
char *rs_folder_of(const char *path, struct rs_error *err);

#endif
