#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A categorical x with more levels than its rows allow, for the exact engine,
# beside a numeric x with missing values, for the tile one.
printf 'y,f,x\n1,a,5\n2,b,7\n4,,6\n3,c,\n5,d,2\n,,1\n9,e,3\n' >d.csv
for engine in auto exact; do
    regsweep run -q --digits 9 d.csv -y y -x f,x --engine $engine --columns x,n,beta,p,status
done
