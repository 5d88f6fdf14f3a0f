#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same block and period compared: block is text and enters as categories,
# period as a number. df is what n leaves after all coefficients.
cd "$(dirname "$0")" || exit 1
regsweep run elements.csv -y density -x melting_k,ionization_ev \
    -c block,period --columns +df,+ci --digits 6
