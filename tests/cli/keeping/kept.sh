#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is written, and what the summary says of it and of the rest.
printf "y,x,z,c,d\n1,2,1,4,2\n2,3,0,4,4\n4,5,1,4,8\n3,7,2,4,6\n5,6,1,4,10\n7,6,3,4,14\n" >d.csv
for option in "--p-max 0.1" "--p-max 1e-9" "--r2-min 0.48" "--top 2" "--top 99" \
    "--top-per-y 1" "--top-per-x 1" "--top-per-y 1 --p-max 0.14"; do
    echo "== $option"; echo "== $option" >&2
    # shellcheck disable=SC2086  # words
    regsweep run $option -y y,x -x x,z,c,d d.csv --columns y,x,p,r2,status --digits 4
done
regsweep run -q --p-max 0.1 -y y -x z d.csv --columns y,x,p
