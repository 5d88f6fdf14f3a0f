/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_SWEEP_SLOTS_H
#define RS_SWEEP_SLOTS_H

#include "sweep.h"

/*
 * How large the pieces of shared memory are through which workers hand over
 * rows, and how many there are. A slot should hold the rows of a tile: a
 * worker whose slot is full has to wait until all tiles before its own are
 * written.
 */

/* Upper bound of a row's bytes; 1 without a sink. */
size_t rs_sweep_longest_row(const struct rs_sweep *sweep);

/* True when workers hand over rows that they have packed. */
bool rs_sweep_packs(const struct rs_sweep *sweep);

size_t rs_sweep_slot_bytes(const struct rs_sweep *sweep);
unsigned rs_sweep_slot_count(const struct rs_sweep *sweep);

/* Bytes of all slots. */
size_t rs_sweep_buffer_bytes(const struct rs_sweep *sweep);

#endif
