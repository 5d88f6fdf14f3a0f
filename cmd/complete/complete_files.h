/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_COMPLETE_FILES_H
#define RS_COMPLETE_FILES_H

#include "candidates.h"

#include <stdbool.h>

/*
 * Adds the files and folders of the folder that the rest of the word names;
 * kept grows by that name. Hidden ones where their dot is typed.
 * tables  in  of the files, only those with a name as tables have it; all,
 *             where there are none
 * Errors: RS_ERR_NOMEM.
 */
enum rs_status rs_complete_files(struct rs_candidates *out, bool tables,
                                 struct rs_error *err) RS_MUST_CHECK;

#endif
