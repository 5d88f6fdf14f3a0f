#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Powers: the highest, all, and the terms of all; raw powers of a year lose
# nothing: y is a square of it.
for year in $(seq 1990 2009); do
    echo "$year,$((year - 1999)),$(((year - 2000) * (year - 2000) + year % 3)),$((year % 2))"
done | sed '1i year,since,y,two' >d.csv
run() { regsweep run -q --digits 9 d.csv -y y -x year,since "$@"; }
run --poly 2
run --poly 3 --poly-test all --columns +df1
run --poly 2 --rows terms --columns x,term,beta,se,stat,p
run --poly 2 --poly-test all --rows terms --columns x,term,df1,stat,p
regsweep run -q d.csv -y y -x two --poly 2
regsweep run -q d.csv -y y -x two --poly 2 --poly-test all --columns +df1
