#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Values as other tools call them, and those that are near.
printf 'y,x\n1,2\n2,3\n5,3\n' >t.csv
run() { regsweep run t.csv -y y "$@" 2>&1 | head -n 1; }
for word in fdr BH benjamini bonf holm-bonferroni sidak none; do run --adjust $word; done
for word in lm linear logistic pearson; do run --model $word; done
for word in robust HC3 sandwich white newey-west hc5; do run --se $word; done
for word in drop complete omit; do run --missing $word; done
for word in json parquet postgres; do run --format $word; done
for word in response per-x grp; do run --family $word --adjust bh; done
for word in pvalue std.error estimate t conf.low xyzzy; do run --columns +$word; done
for word in 'ln(x)' 'standardize(x)' 'exp(x)'; do run --transform "$word"; done
run --pairs once
run --engine fast
run --rows coefficients
run --naming tidy
