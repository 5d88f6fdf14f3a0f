#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Options of other tools, and what to type.
printf 'y,x\n1,2\n2,3\n5,3\n' >t.csv
run() { regsweep run t.csv -y y "$@" 2>&1 | head -n 1; }
for word in threads ncores cores n-jobs ci sep delim pheno covar out outfile glm \
    formula alpha fdr method header na-values encoding sheet usecols nrows \
    standardize robust cluster-robust logistic size xyzzy reference sort part thousands parse-dates null; do
    run --$word 1
done
run -t 4
run -X x
run -%
regsweep describe t.csv --covar x 2>&1 | head -n 1
regsweep describe t.csv --digits 3
