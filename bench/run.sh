#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh BUILD - speed as ratios, each pair of figures taken in turn in
# one run (medians, ROUNDS=5), because the machine alone moves single ones.
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

seconds() { # COMMAND...: wall clock
    local begin=$EPOCHREALTIME
    "$@" >/dev/null 2>"$work/err"
    echo "$begin $EPOCHREALTIME" | awk '{printf "%.6f\n", $2 - $1}'
}

echo "machine: $(nproc) CPUs, $jobs workers; $("$regsweep" --version -v | grep CBLAS)"

# ---- both engines against gsl_fit_linear -------------------------------------
"$build/bench/make_table" 1000 700 8 1 >t.csv
for ((i = 0; i < rounds; i++)); do
    "$build/bench/gsl_loop" t.csv 200 500 >>gsl
    for engine in auto exact; do
        "$regsweep" run t.csv -y '#1:#200' -x '#201:#700' -j "$jobs" --engine $engine --timings -o out.csv --force 2>err
        stage 'fit and encode' >>"$engine"
    done
done
for engine in auto exact; do
    paste gsl $engine | awk '{print $1 / $2}' | median | awk -v engine=$engine -v jobs="$jobs" '
        {printf "engine %s, 100,000 pairs, n = 1000: %.1f x the rate of gsl_fit_linear in one process, %.1f x per worker (fit, encode and write counted)\n", engine, $1, $1 / jobs}'
done
echo "  gsl loop $(median <gsl) s, engine auto $(median <auto) s, exact $(median <exact) s"

# ---- p-values ---------------------------------------------------------------------
"$build/bench/tail_bench"

# ---- covariates, workers ------------------------------------------------------------
"$build/bench/make_table" 1000 3000 8 3 >square.csv
sweep() { # INTO OPTION...: a million pairs, all rows
    local into=$1
    shift
    "$regsweep" run square.csv -y '#1:#400' -x '#401:#2900' "$@" --timings -o out.csv --force 2>err
    stage 'fit and encode' >>"$into"
}
for ((i = 0; i < rounds; i++)); do
    sweep plain -j "$jobs"
    sweep adjusted -j "$jobs" -c '#2901:#2905'
    for j in 1 2 4 8; do sweep w$j -j $j; done
done
echo "5 covariates, a million pairs, all rows: $(paste adjusted plain | awk '{print $1 / $2}' | median) x the time without"
for j in 2 4 8; do
    echo "workers $j against 1: $(paste w1 w$j | awk '{print $1 / $2}' | median) x as fast"
done

# ---- compressed output --------------------------------------------------------------
for ((i = 0; i < rounds; i++)); do
    for kind in csv csv.zst csv.gz jsonl jsonl.zst; do
        rm -f "out.$kind"
        "$regsweep" run square.csv -y '#1:#1500' -x '#1501:#3000' -j "$jobs" --timings -o "out.$kind" 2>err
        stage 'fit and encode' >>"time.$kind"
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
        stage 'fit and encode' >>screened
        rm -f beta.npy
        "$regsweep" run square.csv -y "$y" -x "$x" -j "$jobs" --columns beta --timings -o beta.npy 2>err
        stage 'fit and encode' >>matrix
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

# ---- encoding -----------------------------------------------------------------------
echo "encoding rows of six numbers, without p, on one core:"
"$build/bench/encode_rows" | sed 's/^/  /'
