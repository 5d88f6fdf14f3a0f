#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# mean fills x alone: a is filled where it is x, and missing where it is y; a
# weight of 0 has no part in the mean; --permute drops rows without y or c.
printf 'a,b,c,g,w,empty\n1,2,1,u,1,\n,3,0,v,1,\n4,,2,u,0,\n2,7,,v,2,\n5,4,3,u,1,\n7,5,1,,2,\n3,1,5,v,,\n6,6,2,u,3,\n8,9,4,v,1,\n' >d.csv
run() { regsweep run --missing mean "$@" d.csv 2>&1 | grep -v 'status:\| pairs* in '; }
run -y a,b -x a,b --columns y,x,n,beta --digits 6
run -y a,b -x a,b -w w --columns y,x,n,beta --digits 6
run -y a -x b -c c,g --columns y,x,n,df
run -y a -x a,b,c,w -c c -w w --columns y,x,n
run -q -y a,b --pairs unique --columns y,x,n
run -q -y a -x b,empty --columns x,n,status
run -y a -x b -c c --permute 19 --columns y,x,n,p_perm
regsweep run -q -y a -x b --permute 19 d.csv; echo "status $?"
regsweep run -q -y a -x b,empty --permute 19 --missing mean d.csv; echo "status $?"
printf 'a,b\n1,\n,2\n' >e.csv; regsweep run -y a -x b -c b --missing mean e.csv; echo "status $?"
sed 's/^\(.*,.*\),.*,\(.*,.*,.*\)$/\1,\2/' d.csv | cut -d, -f1,2 | grep -v '^,' >f.csv
regsweep run -q -y a -x b --permute 19 --missing mean --columns y,x,n,p_perm f.csv
