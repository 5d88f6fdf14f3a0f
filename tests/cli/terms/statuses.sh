#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A pair that cannot be fitted has the row of its x; a level that the rows
# used do not have has none.
printf 'y,x,k,i,t,h,g,z\n1,2,4,1,2,NA,a,1\n2,3,4,inf,4,NA,a,0\n4,5,4,2,8,3,b,1\n3,7,4,4,6,1,b,1\n5,6,4,2,10,5,c,0\n7,6,4,1,14,8,c,3\n' >d.csv
regsweep run --digits 6 --rows terms -y y -x x,k,i,t,h,z -c z d.csv
regsweep run -q --digits 6 --rows terms -y y -x t,h d.csv
regsweep run -q --digits 6 --rows terms -y y -x h -c g d.csv
regsweep run -q --digits 6 --rows terms --min-n 7 -y y -x x -c g d.csv
