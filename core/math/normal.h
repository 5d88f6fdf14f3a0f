/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_NORMAL_H
#define RS_NORMAL_H

/*
 * The normal quantile, right to the last digits: the z > 0 above which lies
 * `tail`, from the tail where it is small, and near the middle from what lies
 * between -z and z, which the tail there no longer tells.
 * tail    in  in (0, 0.5]
 * middle  in  1 - 2 tail, in [0, 1)
 */
double rs_normal_quantile(double tail, double middle);

#endif
