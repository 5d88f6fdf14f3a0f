#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Three files with variables in rows, in the form that Matrix eQTL reads, give
# what the table gives that joins and transposes them.
awk 'BEGIN {
    OFS = "\t"
    n = 16
    part("Gene", 10, "geneid", "GE.tsv")
    part("Snp", 15, "snpid", "SNP.tsv")
    part("gender", 1, "id", "Covariates.tsv")
    part("age", 1, "", "Covariates.tsv")
    for (i = 0; i <= n; i++) print row[i] >"table.csv"
}
function value(name, j, i,  k) { # by a rule, so that no two columns are alike
    k = (j * 37 + i * 101 + j * j * i * i * 13) % 499
    if (name == "Gene") return sprintf("%.2f", 5 + j + k / 250)
    if (name == "Snp") return k % 3
    return name == "gender" ? int(i > n / 2) : 20 + k % 50
}
function part(name, n_variables, corner, file,  i, j, line, label) {
    for (j = corner == "" ? 1 : 0; j <= n_variables; j++) {
        label = n_variables == 1 ? name : sprintf("%s_%02d", name, j)
        line = j == 0 ? corner : label
        for (i = 1; i <= n; i++) {
            cell = j == 0 ? sprintf("Sam_%02d", i) : value(name, j, i)
            line = line OFS cell
            if (j > 0) row[i] = (row[i] == "" ? sprintf("Sam_%02d", i) : row[i]) "," cell
        }
        if (j > 0) row[0] = (row[0] == "" ? "sample" : row[0]) "," label
        print line >file
    }
}'
files=(GE.tsv SNP.tsv Covariates.tsv)
for model in "-c gender,age" "-c age,gender --factor gender" "--pairs matched"; do
    # shellcheck disable=SC2086  # options
    {
        regsweep run -q -y 'Gene_*' -x 'Snp_{01:10}' $model table.csv >want
        regsweep run -q -y 'Gene_*' -x 'Snp_{01:10}' $model --transpose "${files[@]}" >got
    }
    cmp want got && wc -l <got
done
cut -d, -f5,6 want | sort -u | wc -l
regsweep describe -q --format csv table.csv | grep -v '^sample' | sort >want
regsweep describe -q --format csv --transpose "${files[@]}" | sort >got
cmp want got && wc -l <got
