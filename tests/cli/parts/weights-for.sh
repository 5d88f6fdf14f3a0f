#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The weights belong to columns of x or y; others have those of -w.
printf 'y,q,lab_a,lab_b,age,w_a,w_b,v\n1,2,1,5,3,1,2,1\n2,1,3,1,4,1,0,2\n3,5,2,2,8,2,1,1\n1,7,1,3,1,0,1,3\n4,4,3,4,2,1,1,1\n6,2,2,1,5,2,2,2\n' >d.csv
regsweep run d.csv -y y,q -x 'lab_*,age' --weights-for 'lab_*=w_*' -w v --columns y,x,n,beta --digits 5
regsweep run d.csv -y y,q -x 'lab_*,age' --weights-for 'lab_*=w_*' -w v -n | sed -n '/^dep/,/^tiles/p'
regsweep run -q d.csv -y y -x age -w v --columns y,x,n,beta --digits 5
regsweep run -q d.csv -y y -x lab_b -w w_b --columns y,x,n,beta --digits 5
regsweep run -q d.csv -y y,q --weights-for 'lab_a,lab_b,q=v' --columns y,x,n,beta --digits 5
regsweep run d.csv -y y,q -x 'lab_*' --weights-for 'lab_*=w*'; echo "$?"
regsweep run d.csv -y y,q -x 'lab_*' --weights-for 'lab_*=w_*' --weights-for q=v; echo "$?"
regsweep run d.csv -y y,q -x 'lab_*' --weights-for 'lab_*=w_*' --weights-for lab_a=v; echo "$?"
regsweep run d.csv -y y,q -x 'lab_*' --weights-for 'l?b_*=w_*'; echo "$?"
regsweep run d.csv -y y,q -x 'lab_*' --weights-for 'lab_*'; echo "$?"
regsweep run d.csv -y y,q -x 'lab_*' --weights-for 'lab_*=w_*' --missing mean; echo "$?"
