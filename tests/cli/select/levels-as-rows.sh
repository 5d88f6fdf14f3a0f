#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A covariate with as many levels as rows leaves nothing to fit: that is said
# in one line, at once, also by --dry-run; nearly as many is no such case.
awk 'BEGIN {
    print "id,half,y,x"
    for (i = 0; i < 20000; i++)
        printf "p%d,h%d,%d,%d\n", i, i / 2, i * i % 101, i * 7 % 103
}' >t.csv
for covariate in id half; do
    regsweep run t.csv -y y -x x -c $covariate --columns y,x,n,df,status 2>&1 |
        grep -v ' in [0-9.]* s '
done
regsweep run t.csv -y y -x x -c id --dry-run 2>&1 | grep "pair has"
regsweep run -q t.csv -y y -x x -c id --columns y,x,n,df,status
