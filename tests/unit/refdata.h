/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_REFDATA_H
#define RS_REFDATA_H

#include "dataset.h"

#include <stdbool.h>

/* Reference data of others, outside the repository: tests that need it skip
 * visibly where it is absent. */

/* Path of a file in the reference data (static storage, one at a time).
 * Prints a SKIP line and gives NULL when it is not there. */
const char *refdata_path(const char *name);

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
