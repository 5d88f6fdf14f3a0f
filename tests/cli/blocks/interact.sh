#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Products with numbers, with two levels and with more; what they are called.
printf 'y,x,z,g,f\n1,1,2,u,a\n2.5,2,1,v,b\n2,3,4,u,c\n5,4,3,v,a\n3,5,6,u,b\n9,6,5,v,c\n4,7,9,u,a\n12,8,7,v,b\n6,9,8,u,c\n15,10,11,v,a\n7,11,10,u,b\n18,12,13,v,c\n' >d.csv
run() { regsweep run -q --digits 9 d.csv -y y "$@"; }
run -x x --interact z --columns +df1
run -x x --interact g --columns +df1
# the difference of the slopes of two groups
for g in u v; do
    { head -n 1 d.csv; grep ",$g," d.csv; } | regsweep run -q --digits 9 - -y y -x x --columns beta
done
run -x x,z --interact f --columns +df1,+df
run -x x --interact f --interact-test both --columns +df1,+df
run -x f --interact g --rows terms --columns term,df1,beta,se,stat,p
run -x x --interact g --rows terms --columns term,beta,se,stat,p
# a constant x, a constant z
printf 'y,x,c,z\n1,1,3,1\n2,3,3,5\n4,2,3,3\n3,5,3,2\n6,4,3,7\n5,6,3,1\n' >c.csv
regsweep run -q c.csv -y y -x c,x --interact z --columns x,status
regsweep run -q c.csv -y y -x x,z --interact c --columns x,status
