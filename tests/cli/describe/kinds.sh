#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What columns seem to be, and what to type: in the words of a run.
cat >d.csv <<'D'
id,sample,seen,smokes,price,note,bmi,sbp,site,empty,code,big
1,s1,2024-01-31,yes,"$1,200",NULL,28.1,120,A,,1,inf
2,s2,2024-02-29,no,$5,ok,28.4?,131,A,,2,2
3,s3,2024-03-15,no,$7,ok,25,118,A,,3,9007199254740993
4,s4,2024-04-02,yes,$9,n/a,22,,A,,1,1e-400
5,s5,2024-05-01,no,$3,ok,21,115,A,,2,5
6,s6,2024-06-11,yes,$4,bad,20,140,A,,3,6
7,s7,2024-07-12,no,$8,NULL,24,122,A,,1,7
8,s8,2024-08-13,no,$6,ok,27,119,A,,2,8
9,s9,2024-09-14,no,$2,ok,26,121,A,,3,9
10,s10,2024-10-15,yes,$1,ok,23,133,A,,1,10
D
regsweep describe d.csv
echo "== numbers, once they are read so"
regsweep describe d.csv -q --only smokes,seen,price,bmi --truth smokes --dates seen \
    --numbers loose --na '+28.4?' --format csv | cut -d, -f1-9
echo "== codes are texts"
regsweep describe d.csv -q --format jsonl --only note
