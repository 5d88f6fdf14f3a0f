#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A byte order mark before text, where text may have one.
printf 'y,x\n1,2\n2,3\n5,1\n' >d.csv
for format in csv tsv excel; do
    regsweep run -q -y y -x x d.csv --bom --format $format >"$format"
    od -A n -c -N 6 "$format"
    tail -c +4 "$format" | head -n 1
done
regsweep run -q -y y -x x d.csv | cmp - <(tail -c +4 csv)
regsweep describe -q csv | head -n 2
regsweep run -q -y y -x x d.csv --bom -o o.csv.gz
gzip -cd o.csv.gz | cmp - csv
regsweep run -q -y y -x x d.csv --bom --format jsonl
regsweep run -q -y y -x x d.csv --bom -o o.db
regsweep run -q -y y -x x d.csv --bom -o o.npy --columns beta
echo "$?"
