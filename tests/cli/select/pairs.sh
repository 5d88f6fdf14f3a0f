#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n" >d.csv
regsweep run -q -y y,x,z --pairs unique d.csv --columns y,x
regsweep run -q -y '*,!t' -x '*' --pairs unique d.csv --columns y,x; echo $?
regsweep run -q -y '*' -x '*,t' --pairs unique d.csv; echo $?
regsweep run -q -y y,x -x x,z --pairs matched d.csv --columns y,x
regsweep run -q -y y,x -x x --pairs matched d.csv; echo $?
regsweep run -q -y y,x -x z --pairs unique d.csv; echo $?
regsweep run -q -y y -x y d.csv; echo $?
regsweep run -q -y y,z -c z d.csv --columns y,x
regsweep run -q -y '*' d.csv; echo $?
