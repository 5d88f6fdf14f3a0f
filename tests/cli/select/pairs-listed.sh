#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "a,b,p,q,r,01,t\n1,2,1,0,3,1,u\n2,3,0,2,1,0,v\n4,5,1,1,2,1,u\n3,7,2,0,0,2,v\n5,6,1,2,1,0,u\n" >d.csv
run() { regsweep run -q d.csv --columns y,x,n "$@"; echo "exit $?"; }
say() { regsweep run d.csv --columns y,x "$@" 2>&1 | sed 's/ in [0-9].*//'; }

printf "y,x\nb,q\na,p\nb,p\na,01\n" >l.csv
run --pairs @l.csv
echo "# any delimiter, other columns, compressed, standard input"
printf 'x;note;y\np;"near; so";a\n' | gzip >l.gz; run --pairs @l.gz
printf 'a\tp\n' | cat <(printf 'y\tx\n') - | run --pairs @-
echo "# headers"
printf "gene,snp\na,p\n" >l2.csv; run --pairs @l2.csv
printf "a,p\nb,r\n" >l3.csv; run --pairs @l3.csv
printf "a,snp\na,p\n" >l4.csv; run --pairs @l4.csv
echo "# -y and -x leave out, what is repeated is fitted once"
printf "y,x\na,p\nb,p\na,p\nb,r\na,q\na,p\n" >l5.csv; say --pairs @l5.csv -y a -x p,r
echo "# a column with itself, a covariate, categories"
printf "y,x\na,a\na,b\na,t\n" >l6.csv; say --pairs @l6.csv; say --pairs @l6.csv -c b
