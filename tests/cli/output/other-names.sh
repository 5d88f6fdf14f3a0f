#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A name that says another kind of file is refused with what to type instead.
printf 'y,x\n1,2\n2,3\n5,1\n' >d.csv
for output in out.xlsx out.ods out.json out.json.gz out.parquet out.feather \
    out.RData out.dta out.sav out.mat out.csv.bz2 out.zip out.duckdb out.tab; do
    regsweep run -q -y y -x x d.csv -o $output 2>&1 | head -n 1
done
for output in json csv Parquet sqlite db excel; do
    regsweep run -q -y y -x x d.csv -o $output 2>&1 | head -n 1
done
echo "as it is said:"
regsweep run -q -y y -x x d.csv -o ./json && regsweep run -q -y y -x x d.csv -o tsv --format csv
regsweep run -q -y y -x x d.csv -o out.xlsx --format csv
head -n 1 out.xlsx
regsweep run -q -y y -x x d.csv -o OUT.TSV.GZ
gzip -cd OUT.TSV.GZ | head -n 1
ls
