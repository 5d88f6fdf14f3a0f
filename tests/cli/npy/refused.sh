#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n" >d.csv
try() { regsweep run -q -y y -x x,z d.csv "$@"; echo $?; }
try -o b.npy
try -o b.npy --columns beta,se
try -o b.npy --columns status
try -o b.npy --columns +ci
try -o b.npy --columns beta --top 3
try -o b.npy --columns beta --top-per-y 3
try -o b.npy.gz --columns beta
try --format npy --columns beta
mkfifo pipe.npy
try -o pipe.npy --columns beta
try -o missing/b.npy --columns beta
echo old >old.npy
try -o old.npy --columns beta
cat old.npy
try -o old.npy --columns beta --force
head -c 6 old.npy | tail -c 5; echo
regsweep bench -q -y y -x x d.csv -o b.npy --columns beta; echo $?
ls
