#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Slopes without a robust standard error, and why: a row of leverage 1, one
# cluster, clusters in each of which scores sum to 0, a two-way variance below
# 0. Rows without a cluster take no part.
cat >d.csv <<'END'
y,x,spike,half,one,two,a,b
1.5,1,0,0,k,u,1,1
2.5,2,0,0,k,u,1,2
2.0,4,0,0,k,u,2,1
4.5,3,1,1,k,v,2,2
4.0,6,0,1,,v,3,1
6.5,5,0,1,k,v,3,2
END
try() {
    echo "$*:"
    regsweep run -q d.csv -y y --columns x,n,df,beta,se,p,status --digits 6 "$@" 2>&1
}
try -x spike --se hc0
try -x spike --se hc2
try -x spike --se hc3 --rows terms
try -x x --se cluster --cluster one
try -x half,x --se cluster --cluster two
try -x x,half --se cluster --cluster a,b
try -x x --se cluster --cluster a,b --rows terms
try -x x --se hac --lag 1 --time spike
