#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every transform against R's lm() on columns that R has transformed by rank(),
# qnorm((rank - 3/8) / (n + 1/4)), quantile(type = 7), diff() and so on.
cat >d.csv <<'.'
y,a,b
1.5,1,2
2,10,-3
4.25,100,5
3,1000,0
5,7,
7,9,4
6.5,3,8
0.5,7,1
.
for engine in auto exact; do
    for by in log10 log2 log1p sqrt rank rank-normal winsor:0.1 winsor:.20 lag:1 lag:-2 diff; do
        regsweep run -q --engine "$engine" -y y -x a,b --transform "$by(a,b)" \
            --columns y,x,n,beta,p --digits 10 d.csv | tail -n +2
    done
done | sort -s -t, -k2,2 | uniq -c
echo "== one in the other"
regsweep run -y y -x a --transform 'zscore(log1p(a,y))' --transform 'lag:1(a)' --columns y,x,n d.csv
echo "== a name that looks so"
sed '1s/b/"log(a)"/' d.csv >e.csv
regsweep run -q -y y -x 'log*' --transform 'center(log(a))' --columns y,x,n e.csv; echo "$?"
regsweep run -q -y y -x 'log*' --transform 'center(log?a?)' --columns y,x,n e.csv
