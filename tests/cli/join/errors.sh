#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "id,y,a\nk3,1,2\nk1,2,5\nk2,4,1\nk9,3,3\nk5,6,4\n" >a.csv
printf "b;id;g\n7;k1;u\n8; k2 ;v\n1;\"k3\";u\n4;k5;w\n5;zz;q\n" >b.csv
try() { regsweep run "$@"; echo "exit status $?"; }
printf "id,q\nk1,1\n,2\n" >empty.csv
printf "id,q\nk1,1\nNA,2\n" >na.csv
printf "id,q\nk1,1\n\"\"\n" >short.csv
printf "id,q\nk1,1\nk2,2\n\nk1,5\nk2,2\n" >twice.csv
printf "id,q\nj1,1\n" >none.csv
printf "ib,q\nj1,1\n" >nokey.csv
printf "id,id,q\nj1,1,1\n" >twokeys.csv
printf "id,c\nk5,1\nk1,2\nk3,x\nk2,3\n" >text.csv
for file in empty na short twice none nokey twokeys absent; do
    try -y y --key id a.csv $file.csv
done
try -y y -x c --key id a.csv text.csv
try -y y --na NA --key id a.csv empty.csv
try -y y --key id twice.csv a.csv
try -y y a.csv nokey.csv
try -y y --key id a.csv
try -y y --key id - -
try -y y --key id --no-header a.csv b.csv
try -y y -x id --key id a.csv b.csv
try -y id --key id a.csv b.csv
regsweep describe a.csv nokey.csv
