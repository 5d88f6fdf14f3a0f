#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Measures of the rows that are written: as R's hatvalues, cooks.distance,
# lmtest's dwtest and bptest, car's vif have them, beside adjusted p, in groups,
# of the best and of what cannot be fitted.
cat >d.csv <<'.'
y,a,b,c,f,w
2.1,1,1,3,u,1
3.9,2,0,1,v,2
6.2,3,1,1,w,1
7.8,4,1,8,u,3
10.1,5,0,6,v,1
12.2,6,0,5,w,2
13.8,7,1,5,u,2
16.3,8,0,2,v,1
,100,7,,w,9
9,,1,2,u,1
.
for engine in auto exact; do
    regsweep run -q --engine "$engine" -y y -x a,b,f -c c --columns x,n,diagnostics,status --digits 8 d.csv
done
echo "== weights, a covariate that says nothing new"
regsweep run -q -y y -x a -c b,c -w w --columns x,diagnostics --digits 8 d.csv
regsweep run -q -y y -x a -c b --transform 'center(b)' --where 'b > 0' --columns x,n,diagnostics,status --digits 8 d.csv
echo "== with what else is added"
regsweep run -q -y y -x a,b,c --adjust holm --bootstrap 20 --columns x,p_holm,boot_low,vif,dw --digits 6 d.csv
regsweep run -q -y y -x a,b,c --top 2 --columns x,leverage_max,cooks_max --digits 6 d.csv
regsweep run -q -y y -x a -g b --columns x,n,mean_x,sd_x,dw --digits 6 d.csv
echo "== not"
regsweep run -m spearman -y y -x a --columns x,dw d.csv; echo "$?"
regsweep run -y y -x a --columns dw -o dw.npy d.csv; echo "$?"
