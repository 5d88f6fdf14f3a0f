#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keys are bytes, unless they are asked to be numbers; joins that lose much
# say so, and what would help.
printf "SEQN,y\n1,3\n2,1\n3,4\n4,1\n5,5\n" >a.csv
printf "SEQN,x\n005,2\n004,3\n003,3.5\n002,9\n001,6\n" >b.csv
printf "SEQN,x\n5.0,2\n4e0,3\n+3,3.5\n02.00,9\n1.,6\n" >c.csv
printf "SEQN,x\n1,2\n02,3\n03,3.5\n04,9\n" >d.csv
printf "SEQN,x\n1,2\n7,3\n8,3.5\n9,9\n" >e.csv
printf "SEQN,x\n1,2\n01,3\n2,3.5\n3,9\n4,1\n" >twice.csv
printf "SEQN;x\n1,0;2\n2,00;3\n03;3,5\n4;9\n" >comma.csv
try() { regsweep run --columns y,x,n,beta -y y -x x --key SEQN "$@" || echo "exit status $?"; }
try a.csv b.csv
try --key-as number a.csv b.csv
try --key-as number a.csv c.csv
try a.csv d.csv
try -q --key-as number a.csv d.csv
try a.csv e.csv
try --strict a.csv e.csv
try --key-as text a.csv twice.csv
try --key-as number a.csv twice.csv
tr , ';' <a.csv >semicolon.csv
try --key-as number --decimal , semicolon.csv comma.csv
try --key-as numbers a.csv b.csv
try --key-as iid a.csv b.csv
regsweep run -y y -x y --key-as number a.csv; echo $?
