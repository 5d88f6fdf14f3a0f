#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kinds of standard errors, and what they do not go with.
printf "y,x,z\n1,2,0\n2,3,1\n4,5,0\n3,7,1\n5,6,0\n" >d.csv
try() {
    regsweep run -q -y y -x x d.csv --columns beta,se "$@" 2>&1
    echo "$?"
}
try --se classical --digits 6
try --se hc3 --digits 6
try --se hc33
try --se hc3 --permute 9
try --se cluster
try --cluster z
try --se hac
try --se hac --lag 1 --cluster z
try --se hc0 --lag 1
try --time z
try --se cluster --cluster x,y,z
