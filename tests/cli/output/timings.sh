#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n" >d.csv
regsweep run --timings -y y -x x d.csv -o out.csv 2>&1 | sed -E 's/[0-9.]+ s/T/g; s/\([^)]*\)//; s/[0-9]+ workers?/W/'
regsweep run --timings --adjust bh --permute 20 -y y -x 'x,z' d.csv -o out.csv --force 2>&1 | grep -c '^regsweep: time: first pass .* s, families .* s, permutations .* of these'
