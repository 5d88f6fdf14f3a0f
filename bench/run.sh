#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh BUILD - speed as ratios, each pair of figures taken in turn in
# one run (median of five), because the machine alone moves single ones.
set -eu
build=$(cd "$1" && pwd)
jobs=${JOBS:-$(nproc)}
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
regsweep=$build/regsweep

median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
seconds() { # COMMAND...: wall clock
    local begin=$EPOCHREALTIME
    "$@" >/dev/null 2>"$work/err"
    echo "$begin $EPOCHREALTIME" | awk '{printf "%.6f\n", $2 - $1}'
}
stage() { sed -nE "s/^regsweep: time: $1 ([0-9.]+) s.*/\1/p" "$2"; }

echo "machine: $(nproc) CPUs, $jobs workers; $("$regsweep" --version -v | grep CBLAS)"

# ---- the exact engine against gsl_fit_linear ---------------------------------
"$build/bench/make_table" 1000 700 8 1 >t.csv
for ((i = 0; i < rounds; i++)); do
    "$build/bench/gsl_loop" t.csv 200 500 >>gsl
    "$regsweep" run t.csv -y '#1:#200' -x '#201:#700' -j "$jobs" --timings -o out.csv --force 2>err
    stage 'fit and encode' err >>sweep
    stage read err >>reading
done
paste gsl sweep reading | awk -v jobs="$jobs" '
    {g[NR] = $1; s[NR] = $2; r[NR] = $3; q[NR] = $1 / $2}
    END {n = asort_(q); printf "exact engine, 100,000 pairs, n = 1000: %.2f x the rate of gsl_fit_linear in one process, %.2f x per core (fit, encode and write counted)\n", q[int((n + 1) / 2)], q[int((n + 1) / 2)] / jobs}
    function asort_(a, i, j, t, n) {n = NR; for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j-1]; j--) {t = a[j]; a[j] = a[j-1]; a[j-1] = t}; return n}'
echo "  gsl loop $(median <gsl) s, sweep $(median <sweep) s, reading 10 MB $(median <reading) s"

# ---- p-values ---------------------------------------------------------------------
"$build/bench/tail_bench"

# ---- covariates -----------------------------------------------------------------
for ((i = 0; i < rounds; i++)); do
    "$regsweep" run t.csv -y '#1:#40' -x '#201:#700' -j "$jobs" --timings -o out.csv --force 2>err
    stage 'fit and encode' err >>plain
    "$regsweep" run t.csv -y '#1:#40' -x '#201:#700' -c '#101:#105' -j "$jobs" --timings -o out.csv --force 2>err
    stage 'fit and encode' err >>adjusted
done
echo "5 covariates, 20,000 pairs: $(paste adjusted plain | awk '{print $1 / $2}' | median) x no covariates"

# ---- workers ----------------------------------------------------------------------
for j in 1 2 4 8; do
    for ((i = 0; i < rounds; i++)); do
        "$regsweep" run t.csv -y '#1:#200' -x '#201:#700' -j $j --timings -o out.csv --force 2>err
        stage 'fit and encode' err >>w$j
    done
done
for j in 2 4 8; do
    echo "workers $j against 1: $(paste w1 w$j | awk '{print $1 / $2}' | median) x"
done

# ---- compressed output --------------------------------------------------------------
"$build/bench/make_table" 1000 3000 8 3 >square.csv
for ((i = 0; i < rounds; i++)); do
    for kind in csv csv.zst csv.gz jsonl jsonl.zst; do
        rm -f "out.$kind"
        "$regsweep" run square.csv -y '#1:#1500' -x '#1501:#3000' -j "$jobs" --timings -o "out.$kind" 2>err
        stage 'fit and encode' err >>"time.$kind"
    done
done
echo "all rows of 2,250,000 pairs to a file, CSV: $(median <time.csv) s, $(($(stat -c %s out.csv) / 1000000)) MB"
for kind in csv.zst csv.gz jsonl jsonl.zst; do
    echo "  $kind: $(paste time.csv time.$kind | awk '{printf "%.2f\n", $1 / $2}' | median) x the speed of CSV, $(echo "$(stat -c %s out.$kind) $(stat -c %s out.csv)" | awk '{printf "%.2f", $1 / $2}') x its size"
done
rm -f square.csv out.*
# ---- a matrix ---------------------------------------------------------------------
# The screened sweep makes its products in single precision, the matrix needs
# them in double: twice the arithmetic.
"$build/bench/make_table" 1000 5000 8 1 common=0 >square.csv
for shape in '#1:#1000 #1001:#5000' '#1:#2000 #2001:#4000'; do
    read -r y x <<<"$shape"
    rm -f screened matrix
    for ((i = 0; i < rounds; i++)); do
        "$regsweep" run square.csv -y "$y" -x "$x" -j "$jobs" --p-max 1e-6 --timings -o out.csv --force 2>err
        stage 'fit and encode' err >>screened
        rm -f beta.npy
        "$regsweep" run square.csv -y "$y" -x "$x" -j "$jobs" --columns beta --timings -o beta.npy 2>err
        stage 'fit and encode' err >>matrix
    done
    echo "matrix of 4 million beta (-y $y): $(paste matrix screened | awk '{print $1 / $2}' | median) x the sweep screened at p < 1e-6 ($(median <matrix) s, $(median <screened) s)"
done

# ---- reading ------------------------------------------------------------------------
"$build/bench/make_table" 1000 14000 12 2 >wide.csv
bytes=$(stat -c %s wide.csv)
for ((i = 0; i < rounds; i++)); do
    seconds "$regsweep" describe -q -j "$jobs" wide.csv >>wide
    seconds cat wide.csv >>copy
done
echo "reading $((bytes / 1000000)) MB of numbers: $(awk -v b="$bytes" '{print b / $1 / 1e6}' wide | median) MB/s, $(paste wide copy | awk '{print $1 / $2}' | median) x the time of cat"

# ---- databases ----------------------------------------------------------------------
"$build/bench/sqlite_insert" rows.db 1000000 "$rounds"

# ---- encoding -----------------------------------------------------------------------
echo "encoding rows of six numbers, without p, on one core:"
"$build/bench/encode_rows" | sed 's/^/  /'
