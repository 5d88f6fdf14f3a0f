#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The columns of other tools, in their order: with an option that adds one, with
# an F, with groups, by terms, with robust errors, and of ranks.
printf 'y,x,c,g\n1,2,4,a\n2,3,3,b\n4,5,1,c\n3,7,2,a\n5,6,8,b\n2.5,4,3,c\n3.5,1,4,a\n4.5,2,5,b\n6,9,7,c\n' >d.csv
for style in limma matrixeqtl regenie statsmodels fixest; do
    echo "== $style"
    try() { regsweep run -q -y y d.csv --naming "$style" "$@"; }
    try -x x -c c --digits 6
    try -x x -c c --adjust bh,holm --bootstrap 20 --seed 1 | head -n 1
    try -x x,g | head -n 1
    try -x x -g g | head -n 1
    try -x x --model-set a:c --model-set b: --compare | head -n 1
    try -x x --rows terms --columns +ci,-n --conf-level 0.9 | head -n 1
    try -x x -c g --rows terms | head -n 1
    try -x x --se hc3 | head -n 1
    try -x x -w c | head -n 1
    try -x x --se cluster --cluster g --columns y,df,f,beta | head -n 1
    try -x x -m kendall | head -n 1
    try -x x -g g --pool-groups fixed | head -n 1
    try -x x --columns +score,+fit,-status | head -n 1
    try -x x --columns p,y | head -n 1
done
