#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'y,a,b,c\n1,TRUE,yes,on\n2,false,No,OFF\n3,T,y,1\n5,F,n,NA\n4,True,YES,maybe\n' >d.csv
regsweep describe -q --truth 'a,b' --format csv d.csv | cut -d, -f1-3,6
regsweep run -q -y a -x y --truth a --columns y,x,n,beta --digits 6 d.csv
regsweep run -q -y y -x a --truth '*' --factor a --rows terms --columns term,n d.csv
regsweep run -q -y c -x y --truth c d.csv
