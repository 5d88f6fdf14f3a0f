#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pairs that cannot be fitted are rows with a status.
cat >d.csv <<'D'
y,flat,tenth,two,dup,inf,few,line,big
1.5,3,0.1,1,2,1,,2.5,1e300
2.25,3,0.1,2,4,2,,4,2e300
-0.5,3,0.1,3,6,inf,,-1.5,-1e300
4,3,0.1,4,8,4,1,7.5,4e300
3.125,3,0.1,5,10,5,2,5.75,3e300
D
regsweep run -q -y y,flat,tenth,line,big -x flat,tenth,two,inf,few,line,y d.csv --columns y,x,n,beta,r2,status --digits 6
regsweep run -q -y y -x dup -c two d.csv --columns y,x,n,beta,status
regsweep run -q -y y -x flat --no-intercept d.csv --columns y,x,n,beta,status --digits 6
