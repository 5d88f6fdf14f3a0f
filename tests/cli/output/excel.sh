#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# CSV as Excel wants it where decimals have commas, and back again.
printf 'a;b,x y,"c,d",g\n1,2,4,p;q\n2,3,3,r.s\n4,5,1,p;q\n3,7,2,r.s\n5,6,8,p;q\n2.5,4,3,r.s\n' >d.csv
regsweep run -q -y 'a;b' -x 'x y' -x 'c\,d' d.csv --digits 4 --format excel -o e.csv
od -A n -c -N 8 e.csv
cat e.csv
regsweep run -q -y 'a;b' -x 'x y' d.csv --digits 4 --format excel --rows terms -g g --columns y,x,term,beta
# the same digits as in CSV, packed too
printf 'y,x\n1,2\n2,3\n4,5\n3,7\n' >p.csv
regsweep run -q -y y -x x p.csv --columns all --format excel -o p.csv.gz
regsweep run -q -y y -x x p.csv --columns all | tr ,. ';,' | cmp - <(gzip -cd p.csv.gz | tail -c +4)
regsweep describe -q -d ';' --decimal , e.csv
regsweep run -q -y beta -x p -d ';' --decimal , e.csv | cut -d , -f 1-3,10
regsweep run -q -y 'a;b' d.csv --format excel -o out.xlsx
echo "$?"
regsweep run -q -y 'a;b' d.csv --format xlsx
echo "$?"
