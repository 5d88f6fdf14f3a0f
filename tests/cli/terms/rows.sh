#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every coefficient: numbers, levels, a covariate that is left out, the names.
printf 'y,x,g,"c,1",d\n1,2,a,4,1\n2,3,b,4,4\n4,5,"c,c",4,8\n3,7,a,4,6\n5,6,b,4,11\n7,6,"c,c",4,14\n8,1,a,4,NA\n3,3,b,4,2\n' >d.csv
echo "== covariates"; regsweep run -q --digits 6 --rows terms -y y -x x -c 'g,c\,1,d' d.csv
echo "== none"; regsweep run -q --digits 6 --rows terms -y y -x x,d d.csv
echo "== no intercept"; regsweep run -q --digits 6 --rows terms --no-intercept -y y -x x -c d,g d.csv
echo "== weights"; regsweep run -q --digits 6 --rows terms -w d -y y -x x -c g d.csv
echo "== all columns"; regsweep run -q --digits 6 --rows terms --columns all -y y -x x -c d d.csv
echo "== changes"; regsweep run -q --digits 6 --rows terms --columns +ci,-n,-status -y y -x x d.csv
echo "== a list"; regsweep run -q --digits 6 --rows terms --columns term,beta -y y -x x d.csv
echo "== tsv"; regsweep run -q --digits 6 --rows terms --format tsv -y y -x x d.csv
echo "== the best"; regsweep run -q --digits 6 --rows terms --top 1 -y y -x x,d d.csv
echo "== those with p"; regsweep run -q --digits 6 --rows terms --p-max 0.05 -y y -x x,d d.csv
