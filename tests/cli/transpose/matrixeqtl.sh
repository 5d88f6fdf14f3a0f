#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Three files with variables in rows, as they come, give what the table gives
# that somebody else joined and transposed.
[ -e "$REFDATA/real/matrixeqtl.csv" ] || { echo "no reference data"; exit 77; }
files=("$REFDATA"/real/matrixeqtl_{GE,SNP,Covariates}.tsv)
for model in "-c gender,age" "-c age,gender --factor gender" "--pairs matched"; do
    # shellcheck disable=SC2086  # options
    {
        regsweep run -q -y 'Gene_*' -x 'Snp_{01:10}' $model "$REFDATA/real/matrixeqtl.csv" >want
        regsweep run -q -y 'Gene_*' -x 'Snp_{01:10}' $model --transpose "${files[@]}" >got
    }
    cmp want got && wc -l <got
done
regsweep describe -q --format csv "$REFDATA/real/matrixeqtl.csv" | grep -v '^sample' | sort >want
regsweep describe -q --format csv --transpose "${files[@]}" | sort >got
cmp want got && wc -l <got
