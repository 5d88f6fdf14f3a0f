/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NPY_H
#define RS_NPY_H

#include "output_kind.h"

/*
 * A matrix of doubles as a file of NumPy's (format version 1.0, see
 * numpy.lib.format), filled through a shared mapping.
 *
 * The file holds three arrays, one behind the other, as if by three calls of
 * numpy.save: the matrix, the names of its rows, and those of its columns.
 * numpy.load(PATH) gives the matrix; numpy.load of an open file, called three
 * times, gives them all.
 *
 * The matrix's header is written last: as long as it is missing, nobody takes
 * what is there for a matrix. Nor does it stand under its own name.
 */
extern const struct rs_output_kind rs_output_npy;

#endif
