#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rank correlations as R's cor.test(exact = FALSE, continuity = FALSE) has them,
# ties, an infinite and a missing cell among them; both engines, as rows, as the
# best, as a matrix.
cat >d.csv <<'.'
y,a,b,c,f
1.5,1,2,3,u
2,10,-3,1,u
4.25,Inf,5,1,v
3,1000,0,8,v
5,7,,6,u
7,9,4,5,w
6.5,3,4,5,w
0.5,7,1,2,v
3,2,4,9,u
.
for model in spearman kendall; do
    for engine in auto exact; do
        regsweep run -q -m "$model" --engine "$engine" -y y -x a,b,c --digits 10 d.csv
    done
done
echo "== partial"
for engine in auto exact; do
    regsweep run -q -m spearman --engine "$engine" -y y -x a,b -c c,f --columns y,x,n,df,r,stat,p --digits 10 d.csv
done
echo "== few"
regsweep run -q -m spearman -y y -x a,b,c --p-max 0.3 --columns x,r,p --digits 6 d.csv
regsweep run -q -m kendall -y y -x a,b,c --top 1 --columns x,r,p --digits 6 d.csv
regsweep run -q -m kendall -y y -x a,b,c --adjust holm --columns x,p,p_holm --digits 6 d.csv
echo "== matrix"
regsweep run -q -m spearman -y y -x a,c --columns r -o r.npy d.csv
od -An -tf8 -j128 -N16 r.npy
