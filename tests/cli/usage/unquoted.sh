#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A value whose quotes were forgotten comes as FILEs; other slips of a beginner.
printf 'y,x1,x2,environment\n1,2,3,4\n2,1,9,5\n3,5,4,7\n4,4,4,5\n' >d.csv
run() { regsweep run d.csv -y y "$@" 2>&1 | head -n 1; }
run --where x1 is missing
run --model-set base: x1,x2
run -x x1, x2
run -c environment --ref environment 4
run --where x1 20
run --adjust fdr
run -x 'snp*'
run --interact env
run --columns +cook
run -m pearson
run -o out.json
