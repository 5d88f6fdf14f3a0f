#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'y,a,w\n1,1,2\n2,10,3\n4,100,5\n3,2,1\n' >d.csv
for option in '-w w' '--permute 99' '--bootstrap 99' '--rows terms' '--se hc3' --no-intercept \
    '--survey --psu w' '--model-set a: --model-set b:w --compare' '--r2-min 0.1' '--conf-level 0.9' '--columns beta -o r.npy'; do
    # shellcheck disable=SC2086  # options of several words
    regsweep run -m spearman -y y -x a $option d.csv
    echo "$?"
done
regsweep run -m kendall -y y -x a -c w d.csv; echo "$?"
regsweep run -m kendall -y y -x a --model-set s:w d.csv; echo "$?"
regsweep run -m kendall -y y -x a --factor a d.csv; echo "$?"
regsweep run -m spearman -y y -x a --poly 2 d.csv; echo "$?"
regsweep run -m spearman -y y -x a --interact w d.csv; echo "$?"
regsweep run -m kendall -y y -x a --model-set 's: w' --model-set 'n:' d.csv; echo "$?"
regsweep run -m spearman -y y -x a --model-set 's: w' --model-set 'n:' --compare d.csv; echo "$?"
