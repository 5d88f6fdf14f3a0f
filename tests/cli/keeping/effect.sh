#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Effect sizes and measures of fit, by names and by the names of groups; `all`
# is without them. Values: R's cor.test, summary, logLik and BIC of the fits.
cat >d.csv <<'.'
y,a,b,c,f
1.5,1,2,3,u
2,10,-3,1,u
4.25,8,5,1,v
3,7.5,0,8,v
5,7,,6,u
7,9,4,5,w
6.5,3,4,5,w
0.5,7,1,2,v
3,2,4,9,u
.
for engine in auto exact; do
    regsweep run -q --engine "$engine" -y y -x a,b --columns y,x,effect,fit --digits 8 d.csv
    regsweep run -q --engine "$engine" -y y -x a,b -c c,f --columns y,x,r,r2,effect,fit --digits 8 d.csv
    regsweep run -q --engine "$engine" -y y -x a --no-intercept --columns adj_r2,f,f_p --digits 8 d.csv
done
echo "== other errors, the same sums of squares; F"
regsweep run -q -y y -x a,b --se hc3 --columns y,x,effect,f --digits 8 d.csv
regsweep run -q -y y -x f --columns y,x,effect,f,stat --digits 8 d.csv
echo "== limits"
regsweep run -q -y y -x a,b --columns x,r,r_low,r_high --conf-level 0.5 --digits 8 d.csv
echo "== kept"
for engine in auto exact; do
    regsweep run -q --engine "$engine" -y y -x a,b,c --partial-r2-min 0.2 --columns x,partial_r2 --digits 8 d.csv
    regsweep run -q --engine "$engine" -y y -x a,b --partial-r2-min 0.2 -c c --columns x,partial_r2,r2 --digits 8 d.csv
done
regsweep run -q -m spearman -y y -x a,b,c --partial-r2-min 0.2 --columns x,partial_r2 --digits 8 d.csv
regsweep run -q -m kendall -y y -x a,b,c --partial-r2-min 0.2 d.csv; echo "$?"
echo "== all"
regsweep run -q -y y -x a --columns all d.csv | head -n 1
regsweep run -q -y y -x a --columns +fit d.csv | head -n 1
