#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What F tests has no slope to pool: said of some x, refused of all.
awk -v OFS=, 'BEGIN { print "g,y,x,f"
    for (i = 0; i < 40; i++) print i % 2 ? "p" : "q", i * 37 % 41, i * 17 % 29, substr("abc", 1 + i * 7 % 3, 1) }' >d.csv
run() { regsweep run d.csv -y y -g g --pool-groups fixed --digits 5 --columns x,n,beta,se,k,status "$@" 2>&1; }
run -x x,f | grep -e "^(pooled" -e "not pooled"
run -x f
run -x x --poly 2 --poly-test all
run -x x --interact f
