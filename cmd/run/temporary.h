/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TEMPORARY_H
#define RS_TEMPORARY_H

/* The folder of files that nobody keeps: that of TMPDIR, or /tmp. Borrowed
 * from the environment. */
const char *rs_temporary_folder(void);

#endif
