#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Beside an x of a single level, x with missing cells keep their own numbers.
awk -v OFS=, 'BEGIN { print "y,one,u,v"
    for (i = 0; i < 90; i++)
        print i * 37 % 101, "k", i % 9 ? i * 53 % 89 : "", i % 7 ? i * 29 % 97 : "" }' >d.csv
for engine in auto exact; do
    regsweep run -q d.csv -y y -x one,u,v --engine "$engine" --digits 9 --columns x,n,beta,p,status
done
