#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "gene1,gene2,rs1,rs2,d,d\n1,2,1,0,1,1\n2,3,0,2,2,2\n4,5,1,1,3,1\n3,7,2,0,1,1\n" >d.csv
try() { regsweep run d.csv -o - "$@"; echo "exit $?"; }
list() { printf "$1" >l.csv; shift; try --pairs @l.csv "$@"; }

list 'y,x\ngene1,rs1\n"gene2",rs21\n'
list 'y,x\n\ngene1,rs1\n,rs1\n'
list 'y,x\ngene1,what\n'
list 'y,x\ngene1,d\n'
list 'y,x\ngene1\n'
list 'y,x\n'
list 'gene1\ngene2\n'
list 'gene1 rs1\ngene2 rs1\n'
list 'a,b,c\ngene1,rs1,1\n'
list 'gene1,rs\ngene1,rs1\n'
list 'y,x\ngene1,rs1\n' -y gene2
list 'y,x\ngene1,rs1\n' -o l.csv -f
list 'y,x\ngene1,rs1\n' -o m.npy --columns beta
printf 'gene1,rs1\n' | try --pairs @-
regsweep run - --pairs @- <d.csv; echo "exit $?"
try --pairs @none.csv
try --pairs @
try --pairs matchd -y gene1
try --pairs l.csv
try
