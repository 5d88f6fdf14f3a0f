#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: plink.sh BUILD WORK JOBS ROUNDS ROWS PHENOTYPES VARIANTS
# plink2 --glm and regsweep on the same genotypes (0, 1, 2), each as a whole
# process: regsweep from a CSV, plink2 from its own binary format, the
# conversion to which is not counted. plink2 leaves out the intercept and r2 and
# writes 6 digits and one file a phenotype, without columns that repeat the
# variant's place; regsweep writes all it has by default, in all digits. The
# results are compared pair by pair at plink2's 6 digits.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bench=$(cd "$1" && pwd)/bench
regsweep=${REGSWEEP:-$(cd "$1" && pwd)/regsweep}
work=$(mktemp -d "$2/plink.XXXXXX")
jobs=$3 rounds=$4 rows=$5 phenotypes=$6 variants=$7
trap 'rm -rf "$work"' EXIT
# shellcheck source=bench/peers/common.sh
. "$here/common.sh"
cd "$work"

theirs() {
    rm -f glm.*
    seconds plink2 --pfile t --pheno t.pheno --threads "$jobs" \
        --glm allow-no-covars omit-ref cols=nobs,beta,se,tz,p --out glm
}
ours() {
    rm -f out.csv
    seconds "$regsweep" run t.csv -y "#1:#$phenotypes" \
        -x "#$((phenotypes + 1)):#$((phenotypes + variants))" \
        -o out.csv --force -j "$jobs" -q
}
plink_results() { # all files of plink2 as one table with our names
    echo y,x,n,beta,se,stat,p
    for file in glm.*.glm.linear; do
        name=${file#glm.}
        awk -v y="${name%.glm.linear}" '
            NR == 1 {
                for (i = 1; i <= NF; i++)
                    at[$i] = i
                next
            }
            {
                print y "," $at["#ID"] "," $at["OBS_CT"] "," $at["BETA"] "," \
                    $at["SE"] "," $at["T_STAT"] "," $at["P"]
            }' "$file"
    done
}

"$bench/make_genotypes" "$rows" "$phenotypes" "$variants" 20 t
seconds plink2 --bfile t --threads "$jobs" --make-pgen --out t >/dev/null
ours >/dev/null
theirs >/dev/null
for ((i = 0; i < rounds; i++)); do
    ours >>a
    theirs >>b
done
what="$phenotypes phenotypes x $variants variants, n = $rows, whole process"
faster "$what" "plink2 --glm" a b
plink_results >plink.csv
"${PYTHON:-/usr/bin/python3}" "$here/agree.py" out.csv plink.csv 1e-5
