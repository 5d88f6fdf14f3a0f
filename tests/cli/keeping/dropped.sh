#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Covariates that say nothing new in a pair's rows, by name, in every kind of
# output.
printf '%s\n' 'y,x,u,a,"b,1",c d,s' 1,2,1,1,2,5,u 2,1,2,2,4,5,u 3,5,7,3,6,5,v 4,3,3,4,8,5,v \
    5,8,,5.5,11,5,u 6,1,,6,12,6,v >d.csv
printf '%s\n' a b,1 'c d' s >list
try() {
    regsweep run -q -y y -x x,u -c @list --columns y,x,n,n_dropped,dropped d.csv "$@"
}
try
try --format tsv
try --format jsonl
try -o d.db && sqlite3 d.db 'SELECT x, n_dropped, dropped FROM fits'
regsweep run -q -y y -x x --columns y,x,n_dropped,dropped d.csv \
    --model-set 'one: a,s' --model-set 'two: a,c d' --where 'a < 6'
regsweep run -q -y y -x x,c* -c a,s --columns y,x,dropped d.csv
