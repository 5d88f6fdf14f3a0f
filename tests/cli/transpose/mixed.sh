#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One FILE of several has a variable a line.
printf "gene,k1,k2,only,k4,k5\ng1,1,2,3,4,9\ng2,5,3,1,2,2\nsex,f,m,f,m,f\n" >t.csv
printf "id;y\nk4;40\nk1;10\nk2;20\nk5;20\nother;1\n" >p.csv
printf "id,y,g1,g2,sex\nk4,40,4,2,m\nk1,10,1,5,f\nk2,20,2,3,m\nk5,20,9,2,f\n" >one.csv
run() { regsweep run -q -y y -x g1,g2 -c sex "$@"; }
run one.csv >want
run --key id p.csv --transposed t.csv | cmp - want && echo behind
run --key id --transposed t.csv p.csv t.csv | cmp - want && echo named
gzip -k t.csv
run --key id --transposed t.csv.gz p.csv | cmp - want && echo gzip
run --key id --transposed - p.csv <t.csv | cmp - want && echo standard input
regsweep describe -q --format csv --key id --transposed t.csv t.csv p.csv
try() { regsweep run -y y -x 'g*' "$@"; echo "exit status $?"; }
try --key id --transposed t.csv p.csv
try --transposed t.csv p.csv
try --transposed t.csv
try --transposed t.csv --transposed p.csv --key id
try --transposed t.csv --transpose p.csv
try --transposed none.csv --key id p.csv
try --key id --name-column gene p.csv
regsweep bench --transposed t.csv -y g1 2>&1 | head -n 1
