#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Cells of numbers are one level when their numbers are, whatever the file and
# however it is read; texts are levels by their bytes, nan among them.
awk 'BEGIN { srand(3); split("1 1.0 01 +1 1e0 10 2 02 -0 0", s); print "y,x,g,id"
    for (i = 0; i < 40; i++) printf "%d,%d,%s,%d\n", (i * 7) % 11, (i * 5) % 13, s[i % 10 + 1], i }' >d.csv
tr -d '\r' <d.csv | awk -F, '{ for (i = 1; i <= NF; i++) c[i] = c[i] (NR > 1 ? "," : "") $i }
    END { for (i = 1; i <= 4; i++) print c[i] }' | sed 's/^/n,/; s/^n,\([a-z]*\),/\1,/' >t.csv
sed -i "1i k,$(seq -s, 40)" t.csv
cut -d, -f1,2,4 d.csv >a.csv
cut -d, -f3,4 d.csv | (read -r head; echo "$head"; sort -r) >b.csv
run() { regsweep run -q -y y -x x -c g --factor g --rows terms --columns term,n,beta,se,p --digits 9 "$@"; }
run d.csv
for j in 1 2; do for e in auto exact; do run -j $j --engine $e d.csv | cmp - <(run d.csv) && echo same; done; done
run --transpose t.csv | cmp - <(run d.csv) && echo transposed
run --key id a.csv b.csv | cmp - <(run d.csv) && echo joined
printf 'y,x,g\n1,1,9007199254740992\n2,3,9007199254740992\n4,2,9007199254740993\n3,7,9007199254740993.0\n5,4,1\n7,5,1.0\n4,1,nan\n6,1,Infinity\n2,8,inf\n' >big.csv
regsweep run -q -y y -x x -c g --factor g --rows terms --columns term,n,beta --digits 6 big.csv
echo text
printf 'y,x,g\n1,1,NAN\n2,3,nan\n4,2,NaN\n3,7,NAN\n5,4,inf\n7,5,NULL\n4,1,LAX\n6,1,XX\n2,8,inf\n5,3,null\n9,8,LAX\n3,5,nan\n' >air.csv
for na in '' '--na XX' '--na nan,XX'; do regsweep run -q $na -y y -x x -c g --rows terms --columns term,n air.csv; regsweep describe -q $na air.csv | tail -n 1; done
printf 'k,y\n01,1\n1,2\n1.0,4\nnan,3\n' >k1.csv
printf 'k,x\n1,7\n01,3\nnan,1\n1e0,2\n' >k2.csv
echo keys; regsweep run -q -y y -x x --key k --columns n,beta k1.csv k2.csv
