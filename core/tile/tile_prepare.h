/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TILE_PREPARE_H
#define RS_TILE_PREPARE_H

#include "tile_data.h"

/*
 * Prepares all columns of a plan, on n_threads threads.
 * spec       in  there is a way for it
 * screening  in  few pairs will be kept: pack floats where that serves
 * Owns: rs_tile_data_clear. Errors: RS_ERR_NOMEM.
 */
enum rs_status
rs_tile_data_init(struct rs_tile_data *data, const struct rs_spec *spec,
                  const struct rs_plan *plan, const struct rs_kernel *kernel,
                  enum rs_tile_screening screening, unsigned n_threads,
                  struct rs_error *err) RS_MUST_CHECK;
void rs_tile_data_clear(struct rs_tile_data *data);

/* Bytes of its columns, and of ranks that it has them of. */
size_t rs_tile_data_bytes(const struct rs_tile_data *data);

/* True when the same columns would be prepared in the same way for this. */
bool rs_tile_data_serves(const struct rs_tile_data *data,
                         enum rs_tile_screening screening);

#endif
