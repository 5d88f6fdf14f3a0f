#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Options may follow the FILE, whatever POSIXLY_CORRECT says.
printf 'a,b,c\n1,2,3\n2,1,9\n3,5,4\n4,4,4\n' >d.csv
cp d.csv ./-y
for posix in '' 1; do
    [ -z "$posix" ] || export POSIXLY_CORRECT=$posix
    regsweep run d.csv -y a --columns y,x,n -x b -q
    regsweep run -q d.csv --columns y,x,n -y a -- -x || echo $?
    regsweep run --columns y,x,n -x b -q -y a -- -y
    regsweep run d.csv -y a -qx c --columns=y,x,n
    regsweep run d.csv -y || echo $?
    regsweep describe d.csv --nothing || echo $?
done
