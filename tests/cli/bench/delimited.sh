#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every line has its fields; speed-up is of the lines by workers alone, and
# one stage is the bottleneck.
for format in csv tsv; do
    regsweep bench --size 60,9,8 -j 3 --format $format | tr '\t' , >out
    awk -F, 'NR == 1 {print} NR > 1 {print $1, $2, NF, ($7 == "" ? "-" : $7 > 0)}' out
    awk -F, '$9 != "" {n++} $1 == "sweep" && $2 == 1 {one = $7 " " $8} END {print n, one}' out
done
