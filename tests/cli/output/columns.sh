#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n" >d.csv
regsweep run -q -y y -x x d.csv --columns +df,-r2,-p,+model
regsweep run -q -y y -x x d.csv --columns status,y
regsweep run -q -y y -x x d.csv --columns all --digits 5
regsweep run -q -y y -x x d.csv --columns +bet; echo $?
regsweep run -q -y y -x x d.csv --columns +diagnostic; echo $?
regsweep run -q -y y -x x d.csv --columns y,+p; echo $?
regsweep run -q -y y -x x d.csv --columns y,y; echo $?
