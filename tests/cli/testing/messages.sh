#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is wrong with options of multiple testing and resampling is said before
# anything is read or written.
printf "y,x,w,h\n1,2,1,1\n2,3,2,\n5,1,1,2\n4,4,3,5\n" >d.csv
try() {
    regsweep run -q -y y -x x d.csv "$@"
    echo $?
}
try --adjust bhh
try --adjust bh,bh
try --adjust ""
try --adjust bh,
try --family x
try --columns +p_bh
try --columns +p_bh --adjust holm
try --columns +boot
try --columns +p_perm --adjust bh
try --q-max 0
try --q-max 1.5
try --permute 0
try --permute 10 -w w
try --permute 10 -x h
try --bootstrap 5
try --test-memory 0
try --permute 5 --columns p_perm -o m.npy
try --digits 3 -o x.db
try --digits 3 --columns p -o m.npy
ls
