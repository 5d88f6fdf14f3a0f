#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "id,y,a\nk3,1,2\nk1,2,5\nk2,4,1\nk9,3,3\nk5,6,4\n" >a.csv
printf "b;id;g\n7;k1;u\n8; k2 ;v\n1;\"k3\";u\n4;k5;w\n5;zz;q\n" >b.csv
# Rows in the order of the first file; the numbers of columns leave out the key.
regsweep run --key id -y y -x a,b a.csv b.csv
regsweep run --key id -q -y y -x '#2:#3' --missing listwise a.csv b.csv
regsweep run --key id -q -y y -x b a.csv b.csv --dry-run | head -n 1
regsweep describe --key id a.csv b.csv
