#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From standard input to standard output: every pair of numeric columns once,
# the three with the smallest p-value (column 7 is -log10 p) first.
cd "$(dirname "$0")" || exit 1
regsweep run -q - --pairs unique -y 'number:boiling_k' -x 'number:boiling_k' \
    --columns y,x,n,beta,se,r2,neg_log10_p,status --digits 4 <elements.csv |
    tail -n +2 | sort -t, -k7,7gr | head -n 3
