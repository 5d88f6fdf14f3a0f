#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t,w,m,h\n1,2,1,a,1,1,1\n2,3,0,b,2,-0.5,2\n4,5,1,a,0,1,1\n3,7,2,c,,1,inf\n5,6,1,b,1,2,1\n7,6,3,b,1,2,1\n" >d.csv
regsweep run -y y -x x,z -w w,m d.csv; echo "$?"
regsweep run -y y -x x,z -w w -w m d.csv; echo "$?"
regsweep run -y y -x x,z -w t d.csv; echo "$?"
regsweep run -y y -x x,z -w m d.csv; echo "$?"
regsweep run -y y -x x,z -w h d.csv; echo "$?"
regsweep run -y y -x x,z -w nosuch d.csv; echo "$?"
