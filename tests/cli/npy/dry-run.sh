#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n" >d.csv
regsweep run -n -y y,x -x x,z d.csv -o b.npy --columns se | grep -E '^(pairs|output)'; ls
