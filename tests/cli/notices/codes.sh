#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Codes for missing among numbers and words for it among categories are warned
# of, with what to type, which works; numbers that may be meant are not.
{ echo 'y,sbp,dbp,weight kg,temp,answer,Diabetes'
for i in $(seq 24); do
    echo "$((i * i % 17)).5,$((i % 6 ? 110 + i : -9)),$((i % 8 ? 70 + i : i % 16 ? -8 : -9)),$((i % 5 ? 50 + i * 7 % 40 : 999)),$((i * 5 % 23 - 9)),$((i % 7 ? i % 3 : 9)),$((i % 9)),"
done | awk -F, -v OFS=, '{ $7 = $7 == 0 ? "#N/A" : $7 < 4 ? "Yes" : "No" } { print $1, $2, $3, $4, $5, $6, $7 }'; } >d.csv
sed -i '2,3s/,[0-9]*,\([^,]*,[^,]*,[^,]*,[^,]*\)$/,-9,\1/' d.csv
told() { regsweep run "$@" -o /dev/null 2>&1 | grep warning || echo nothing; }
told d.csv -y y
told d.csv -y y -x temp,answer
told d.csv -y sbp -x 'weight kg'
told d.csv -y y -x temp -c Diabetes,sbp
told d.csv -y y --na '+-9' --na 'dbp=+-8' --na 'weight kg=+999' --na 'Diabetes=+#N/A'
echo "== None may be an answer, and several words"
sed 's/Yes$/None/; 3s/[^,]*$/NULL/; 4s/[^,]*$/n\/a/' d.csv >words.csv
told words.csv -y y -x Diabetes
told words.csv -y y -x Diabetes --na '+#N/A,NULL,n/a'
echo "== names that cannot be typed in a value"
sed '1s/sbp/a=b/;1s/dbp/"a, b"/' d.csv >names.csv
told names.csv -y y -x '*b'
told names.csv -y y -x '*b' --na '+-9' --na 'a\, b=+-8'
echo "== described"
regsweep describe d.csv 2>/dev/null
regsweep describe d.csv --na 'sbp=+-9' --na 'dbp=+-9,-8' --na 'weight kg=+999' 2>/dev/null |
    grep far || echo none
