#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a double does not hold is told in one line, of the columns that are used.
printf 'id,g,x,y\n7,01,1,1\n\n9007199254740993,1,2,2.5\n-9007199254740993.000,+1,3,2\n18014398509481984,1e0,1e-400,4\n12345678901234567890123,2,-2e-5000,7\n9007199254740993.5,2,5,3\n1e23,3,6,2\n' >d.csv
regsweep describe d.csv
run() { regsweep run -y y "$@" | cut -d, -f1-3; }
run -x x,id d.csv 2>&1 | grep -v 'pair\|status'
run -q -x x,id d.csv
run -x id d.csv 2>&1 | grep digits
run -x x -c id --factor id d.csv 2>&1 | grep digits
run -x g d.csv 2>&1 | grep digits
awk -F, 'NF > 1 { for (i = 1; i <= 4; i++) c[i] = c[i] "," $i } END { for (i = 1; i <= 4; i++) print substr(c[i], 2) }' d.csv |
    sed '1i k,a,b,c,d,e,f,g' >t.csv
run --transpose -x x,id t.csv 2>&1 | grep digits
printf 'x,k\n9007199254740993,b\n2,a\n1,c\n' >e.csv
printf 'k,y,z\na,1,2\nb,2,1e-999\nc,4,5\nd,1e-999,5\n' >f.csv
run -x x,z --key k e.csv f.csv 2>&1 | grep digits
# The cell's column by its name in the file, whatever a transform calls it.
run -x id --transform 'center(id)' d.csv 2>&1 | grep digits
