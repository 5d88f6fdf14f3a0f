#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t,w,m,h\n1,2,1,a,1,1,1\n2,3,0,b,2,-0.5,2\n4,5,1,a,0,1,1\n3,7,2,c,,1,inf\n5,6,1,b,1,2,1\n7,6,3,b,1,2,1\n" >d.csv
regsweep run --engine nonsense -y y -x x d.csv; echo "$?"
REGSWEEP_KERNEL=nonsense regsweep run -y y -x x d.csv; echo "$?"
REGSWEEP_KERNEL='' regsweep run -q -y y -x x d.csv --columns y,x,n; echo "$?"
for v in 0 -1 abc; do regsweep run --verify "$v" -y y -x x d.csv; echo "$?"; done
