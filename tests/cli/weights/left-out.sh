#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rows whose weight is 0 or missing are left out, whatever --missing says,
# but for listwise, which says so itself, and fail, which refuses.
printf "y,x,z,t,w,m,h\n1,2,1,a,1,1,1\n2,3,0,b,2,-0.5,2\n4,5,1,a,0,1,1\n3,7,2,c,,1,inf\n5,6,1,b,1,2,1\n7,6,3,b,1,2,1\n" >d.csv
for how in pairwise listwise mean fail; do
    echo "== $how"; echo "== $how" >&2
    regsweep run --missing "$how" -y y -x x,z -w w d.csv --columns y,x,n,beta --digits 6
    echo "$?"
done
regsweep run -q -y y -w w -x '*,!t,!m,!h' d.csv --columns y,x,n
