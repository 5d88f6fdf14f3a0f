#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n" >d.csv
printf 'z\nx\n' >list
regsweep run -q -y y -x @list d.csv --columns y,x
regsweep run -q -y y -x '!x,!t' d.csv --columns y,x
regsweep run -q -y y -x '#2:#3' d.csv --columns y,x
regsweep run -q -y y -x x:z -x y d.csv --columns y,x
regsweep run -q -y y -x @absent d.csv
