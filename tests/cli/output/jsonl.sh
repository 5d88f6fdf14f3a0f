#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# By suffix or --format, to a file or standard output: an object a line.
printf "y,x,z,k\n1,2,1,5\n2,3,0,5\n4,5,1,5\n3,7,2,5\n5,6,1,5\n" >d.csv
regsweep run -q -y y -x x,k d.csv --format jsonl
regsweep run -q -y y -x x d.csv --columns x,n,beta,ci,model --digits 4 -o r.jsonl && cat r.jsonl
regsweep run -q -y y -x x d.csv --columns x,n,beta,ci,model --digits 4 -o r.ndjson && cmp r.jsonl r.ndjson
regsweep run -q -y y -x x,z d.csv --top 1 --columns x,p --digits 3 --format jsonl -o r.csv && cat r.csv
regsweep run -q -y y -x x d.csv --p-max 1e-300 -o none.jsonl && wc -c <none.jsonl
