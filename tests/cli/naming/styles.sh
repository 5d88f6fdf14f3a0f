#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The header changes, the numbers do not; --columns takes our names.
printf 'y,x,c\n1,2,4\n2,3,3\n4,5,1\n3,7,2\n5,6,8\n' >d.csv
regsweep run -q -y y -x x -c c --columns all d.csv | tail -n +2 >own.csv
for style in regsweep broom plink; do
    echo "== $style"
    regsweep run -q -y y -x x -c c --columns all --naming "$style" d.csv >"$style.csv"
    head -n 1 "$style.csv"
    tail -n +2 "$style.csv" | cmp - own.csv
    regsweep run -q -y y -x x -c c --naming "$style" --rows terms --columns +ci d.csv | head -n 1
    regsweep run -q -y y -x x --naming "$style" --columns y,x,p,beta,ci --conf-level 0.9 --format tsv d.csv | head -n 1
done
regsweep run -q -y y --naming broom --columns estimate d.csv; echo "$?"
regsweep run -q -y y --naming scipy d.csv; echo "$?"
