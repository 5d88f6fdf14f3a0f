/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TABLE_FILE_H
#define RS_TABLE_FILE_H

#include "dataset.h"

#include <stdbool.h>

/* Small tables that tests have as files. */

/* Path of a file of this repository's tests, as "nist/norris.csv" (static
 * storage, one at a time): below REGSWEEP_TESTS, or "tests". */
const char *tests_path(const char *name);

/* Loads all columns of a small CSV; fails the test when that fails.
 * Owns: the caller frees with rs_dataset_free. */
struct rs_dataset *load_table(const char *path);

/* A column by its name; fails the test when there is none. */
const struct rs_column *table_column(const struct rs_dataset *data,
                                     const char *name);

#endif
