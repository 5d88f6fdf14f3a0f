#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
awk 'BEGIN{srand(2); for(j=0;j<40;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<90;i++){for(j=0;j<40;j++) printf "%s%s", (j?",":""), (rand()<0.05?"":rand()); print ""}}' >d.csv
for j in 1 2 3 7 16; do regsweep run -q -j $j -y '*' -x '*' -c c0 d.csv -o $j.csv; done
LC_ALL=de_DE.UTF-8 OMP_NUM_THREADS=16 OPENBLAS_NUM_THREADS=16 TZ=Asia/Tokyo nice regsweep run -q -y '*' -x '*' -c c0 d.csv -o env.csv
for f in 2 3 7 16 env; do cmp 1.csv $f.csv; done; wc -l <1.csv
