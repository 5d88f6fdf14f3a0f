#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Patterns of covariates leave out the columns of groups, of all sets too.
awk -v OFS=, 'BEGIN { print "ca,y,x,cb,cc"
    for (i = 0; i < 24; i++) print i % 2 ? "p" : "q", i * 7 % 25, i * i % 23, i * 3 % 11, i * 5 % 13 }' >d.csv
run() { regsweep run -q --digits 9 d.csv -y y -x x --columns n,df,beta,p,status "$@"; }
run -g ca -c 'c*' --model-set 'a: cc' --model-set 'b: c*'
run -g ca -c cb,cc
