#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: peers.sh BUILD - speed against the strongest peers: R, numpy, scipy,
# plink2, GSL, the bare matrix product, the bare writing of bytes. Every
# comparison takes both sides in turn in one run, on the same data, and gives
# the median of the ratios (and the least and largest), because the machine
# alone moves single figures. Where the other side has results, they are
# compared first, number by number: speed on different answers is worthless.
#   SIZE=small    small tables, to try the scripts
#   ONLY='a c'    these comparisons only (a to i, below)
#   JOBS=N        workers and threads of both sides (default: all CPUs)
#   ROUNDS=N      instead of 5 (3 of the slow ones)
#   REGSWEEP=FILE another program than BUILD/regsweep
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
regsweep=${REGSWEEP:-$build/regsweep}
jobs=${JOBS:-$(nproc)}
rounds=${ROUNDS:-5}
slow_rounds=${ROUNDS:-3}
python=${PYTHON:-/usr/bin/python3} # the distribution's, which has the packages
work=$(mktemp -d "${TMPDIR:-/tmp}/regsweep-peers.XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck source=bench/peers/common.sh
. "$here/peers/common.sh"
cd "$work"
failed=0

# Rows; dependents and independents of the jobs.
if [ "${SIZE:-full}" = small ]; then
    n=100
    keyed=20000
    few_y=20 few_x=100 plink_y=5 plink_x=500 pool_pairs=500
    many=200 wide_y=500 wide_x=2000 cov_y=100 cov_x=400
else
    n=1000
    keyed=1000000
    few_y=200 few_x=500 plink_y=50 plink_x=20000 pool_pairs=10000
    many=2000 wide_y=5000 wide_x=20000 cov_y=1000 cov_x=4000
    [ "$(df --output=avail -k "$work" | tail -n 1)" -gt 4000000 ] ||
        die "less than 4 GB free for $work (set TMPDIR)"
fi

# ---- both sides ----------------------------------------------------------------
# R and numpy call BLAS by the name of the reference one: the folder of OpenBLAS
# comes first, whatever the system's alternatives say. Its choice of the
# processor's kernel and of threads is not to be disturbed for either side.
unset OPENBLAS_CORETYPE OPENBLAS_NUM_THREADS OMP_NUM_THREADS
openblas=$(printf '%s\n' /usr/lib/*/openblas-pthread/libblas.so.3 | head -n 1)
[ -e "$openblas" ] || die "OpenBLAS with threads is missing (libopenblas0-pthread)"
with_openblas() { # THREADS COMMAND...
    local threads=$1
    shift
    LD_LIBRARY_PATH=${openblas%/*} OPENBLAS_NUM_THREADS=$threads "$@"
}
r_cor() { # BLAS_THREADS, then what cor.R takes
    local threads=$1
    shift
    with_openblas "$threads" Rscript --vanilla "$here/peers/cor.R" "$@"
}
numpy_cor() { with_openblas "$jobs" "$python" "$here/peers/numpy_cor.py" "$@"; }
pool() { # FILE NY NX OUT: seconds of the whole, from a part of the pairs
    with_openblas 1 "$python" "$here/peers/linregress_pool.py" \
        "$1" "$2" "$3" "$pool_pairs" "$jobs" "$4" |
        awk -v all=$(($2 * $3)) -v part="$pool_pairs" \
            '{printf "%.6f\n", $1 + $2 * all / part}'
}
ours() { # FILE NY NX OPTION...: all that is left of earlier output goes first
    local file=$1 y=$2 x=$3
    shift 3
    "$regsweep" run "$file" -y "#1:#$y" -x "#$((y + 1)):#$((y + x))" \
        -o out.csv --force -j "$jobs" "$@"
}
# WHOLE SWEEP, then as for ours: a line to each, of the whole process and the sweep.
ours_timed() {
    local whole=$1 sweep=$2
    shift 2
    rm -f out.csv
    seconds ours "$@" --timings >>"$whole"
    sweep_seconds "$work/said" >>"$sweep"
}
agree() { # OURS THEIRS [subset]
    "$python" "$here/peers/agree.py" "$1" "$2" 1e-9 ${3+"$3"} || failed=1
}
table() { # NAME COLUMNS OPTION...: made once
    local name=$1 columns=$2
    shift 2
    [ -e "$name" ] || "$build/bench/make_table" "$n" "$columns" 12 4 "$@" >"$name"
}
has_p_max() { # LETTER
    "$regsweep" run --help | grep -q -- '--p-max' && return
    echo "SKIP: $1: this regsweep has no --p-max"
    return 1
}
pairs_of() { echo "$1 $2" | awk '{
    p = $1 * $2
    s = sprintf("%d", p)
    while (match(s, /[0-9][0-9][0-9][0-9]($|,)/))
        s = substr(s, 1, RSTART) "," substr(s, RSTART + 1)
    print s}'; }

# ---- a: few pairs, the whole process --------------------------------------------
job_a() {
    local file=narrow.csv what
    what="a. $(pairs_of $few_y $few_x) pairs ($few_y x $few_x, n = $n), all rows, whole process"
    table $file $((few_y + few_x))
    seconds ours $file $few_y $few_x -q >/dev/null
    r_cor "$jobs" $file $few_y $few_x all "$jobs" r.csv
    agree out.csv r.csv
    numpy_cor $file $few_y $few_x numpy.csv
    agree out.csv numpy.csv
    pool $file $few_y $few_x pool.csv >/dev/null
    agree out.csv pool.csv subset
    for ((i = 0; i < rounds; i++)); do
        rm -f out.csv r.csv numpy.csv pool.csv
        seconds ours $file $few_y $few_x -q >>a_ours
        seconds r_cor "$jobs" $file $few_y $few_x all "$jobs" r.csv >>a_crossprod
        seconds r_cor "$jobs" $file $few_y $few_x all "$jobs" r.csv cor >>a_cor
        seconds numpy_cor $file $few_y $few_x numpy.csv >>a_numpy
        pool $file $few_y $few_x pool.csv >>a_pool
    done
    faster "$what" "R crossprod()+fread+fwrite" a_ours a_crossprod
    faster "$what" "R cor()+fread+fwrite" a_ours a_cor
    faster "$what" "numpy product+loadtxt+csv" a_ours a_numpy
    faster "$what" "Python Pool of linregress, scaled from $pool_pairs pairs" a_ours a_pool
    for shape in "$few_y $few_x" "$plink_y $plink_x"; do
        # shellcheck disable=SC2086  # two words
        bash "$here/peers/plink.sh" "$build" "$work" "$jobs" "$rounds" "$n" $shape ||
            failed=1
    done
}

# ---- b: all rows of many pairs ------------------------------------------------
job_b() {
    local file=square.csv what
    what="b. $(pairs_of $many $many) pairs ($many x $many, n = $n), all rows, whole process"
    table $file $((2 * many)) common=0.15
    seconds ours $file $many $many -q >/dev/null
    r_cor "$jobs" $file $many $many all "$jobs" r.csv
    agree out.csv r.csv
    for ((i = 0; i < slow_rounds; i++)); do
        rm -f out.csv r.csv
        seconds ours $file $many $many -q >>b_ours
        seconds r_cor "$jobs" $file $many $many all "$jobs" r.csv >>b_crossprod
        rm -f r.csv
        seconds r_cor "$jobs" $file $many $many all "$jobs" r.csv cor >>b_cor
    done
    rm -f r.csv
    faster "$what" "R crossprod()+fread+fwrite" b_ours b_crossprod
    faster "$what" "R cor()+fread+fwrite" b_ours b_cor
}

# ---- c: very many pairs, screened ----------------------------------------------
job_c() {
    local file=wide.csv what
    has_p_max c || return 0
    what="c. $(pairs_of $wide_y $wide_x) pairs ($wide_y x $wide_x, n = $n), screened at 1e-6, whole process"
    table $file $((wide_y + wide_x)) common=0.15
    seconds ours $file $wide_y $wide_x --p-max 1e-6 -q >/dev/null
    r_cor 1 $file $wide_y $wide_x 1e-6 "$jobs" r.csv
    agree out.csv r.csv
    for ((i = 0; i < slow_rounds; i++)); do
        rm -f out.csv r.csv
        seconds ours $file $wide_y $wide_x --p-max 1e-6 -q >>c_ours
        seconds r_cor 1 $file $wide_y $wide_x 1e-6 "$jobs" r.csv >>c_r
    done
    faster "$what" "R crossprod() in blocks+fread+fwrite" c_ours c_r
}

# ---- d: the same against the matrix product alone --------------------------------
bare() { # TILE_Y TILE_X: seconds
    "$build/bench/dgemm_bare" "$jobs" "$1" "$2" "$wide_y" "$wide_x" "$n" >bare.said
    awk '{print $1}' bare.said
}
job_d() {
    local file=wide.csv shape best='' least='' s what
    what="d. $(pairs_of $wide_y $wide_x) pairs ($wide_y x $wide_x, n = $n), screened at 1e-6"
    for shape in '256 5000' '512 512' '1024 1024' '1250 5000'; do
        # shellcheck disable=SC2086  # two words
        s=$(for ((i = 0; i < 3; i++)); do bare $shape; done | median)
        echo "  bare product in tiles of ${shape/ / x }: $s s"
        if [ -z "$least" ] || awk "BEGIN {exit !($s < $least)}"; then
            least=$s best=$shape
        fi
    done
    has_p_max d || return 0
    table $file $((wide_y + wide_x)) common=0.15
    for ((i = 0; i < rounds; i++)); do
        ours_timed d_whole d_sweep $file $wide_y $wide_x --p-max 1e-6
        # shellcheck disable=SC2086  # two words
        bare $best >>d_bare
    done
    cat bare.said
    longer "$what, sweep (prepare, fit, encode, write)" "the bare dgemm calls" d_sweep d_bare
    longer "$what, whole process" "the bare dgemm calls" d_whole d_bare
}

# ---- e: all rows against writing bytes, and against GSL -----------------------
job_e() {
    local file=square.csv what bytes factor
    what="e. $(pairs_of $many $many) pairs ($many x $many, n = $n), all rows to a file"
    table $file $((2 * many)) common=0.15
    seconds ours $file $many $many -q >/dev/null
    bytes=$(stat -c %s out.csv)
    for ((i = 0; i < rounds; i++)); do
        ours_timed e_whole e_sweep $file $many $many
        rm -f out.csv
        bash "$here/write_zeros.sh" "$bytes" zeros pipe >>e_pipe
        bash "$here/write_zeros.sh" "$bytes" zeros dd >>e_dd
        "$build/bench/gsl_loop" $file $few_y $few_x "$jobs" >>e_gsl
    done
    longer "$what, whole process" "cat /dev/zero | head -c $bytes > file" e_whole e_pipe
    longer "$what, sweep" "cat /dev/zero | head -c $bytes > file" e_sweep e_pipe
    longer "$what, whole process" "dd bs=1M of $bytes zero bytes" e_whole e_dd
    longer "$what, sweep" "dd bs=1M of $bytes zero bytes" e_sweep e_dd
    factor=$(awk "BEGIN {print $many / $few_y * $many / $few_x}")
    for stage in whole sweep; do
        ratios e_$stage e_gsl "$factor"
        echo "$what, $stage: $ratio x the rate of gsl_fit_linear + r2 + p in $jobs processes, which neither read nor write ($(awk "BEGIN {printf \"%.3g M/s against %.3g M/s\", $many * $many / $a / 1e6, $few_y * $few_x / $b / 1e6}"); $rounds rounds, $spread)"
    done
}

# ---- f: covariates and missing values against neither -----------------------------
job_f() {
    local columns=$((cov_y + cov_x + 5)) what
    has_p_max f || return 0
    what="f. $(pairs_of $cov_y $cov_x) pairs ($cov_y x $cov_x, n = $n), screened at 1e-6"
    table complete.csv $columns common=0.15
    table scattered.csv $columns common=0.15 scattered=0.05
    table patterns.csv $columns common=0.15 patterns=10:0.05
    for ((i = 0; i < rounds; i++)); do
        ours_timed f_plain_whole f_plain_sweep complete.csv $cov_y $cov_x --p-max 1e-6
        ours_timed f_cov_whole f_cov_sweep complete.csv $cov_y $cov_x --p-max 1e-6 \
            -c "#$((columns - 4)):#$columns"
        ours_timed f_scattered_whole f_scattered_sweep scattered.csv $cov_y $cov_x --p-max 1e-6
        ours_timed f_patterns_whole f_patterns_sweep patterns.csv $cov_y $cov_x --p-max 1e-6
    done
    for stage in whole sweep; do
        longer "$what, $stage, 5 covariates" "none" f_cov_$stage f_plain_$stage
        longer "$what, $stage, 5 % missing, scattered" "complete columns" f_scattered_$stage f_plain_$stage
        longer "$what, $stage, 5 % missing in 10 shared patterns" "complete columns" f_patterns_$stage f_plain_$stage
    done
}

# ---- g: more workers than CPUs ---------------------------------------------------
job_g() {
    local twice=$((2 * jobs)) what
    what="g. $(pairs_of $many $many) pairs ($many x $many, n = $n), all rows"
    table square.csv $((2 * many)) common=0.15
    for ((i = 0; i < rounds; i++)); do
        ours_timed g_whole g_sweep square.csv $many $many
        ours_timed g_whole_twice g_sweep_twice square.csv $many $many -j $twice
    done
    longer "$what, whole process, $twice workers" "$jobs" g_whole_twice g_whole
    longer "$what, sweep, $twice workers" "$jobs" g_sweep_twice g_sweep
    has_p_max g || return 0
    what="g. $(pairs_of $wide_y $wide_x) pairs ($wide_y x $wide_x, n = $n), screened at 1e-6"
    table wide.csv $((wide_y + wide_x)) common=0.15
    for ((i = 0; i < rounds; i++)); do
        ours_timed g_wide g_wide_sweep wide.csv $wide_y $wide_x --p-max 1e-6
        ours_timed g_wide_twice g_wide_sweep_twice wide.csv $wide_y $wide_x --p-max 1e-6 -j $twice
    done
    longer "$what, whole process, $twice workers" "$jobs" g_wide_twice g_wide
    longer "$what, sweep, $twice workers" "$jobs" g_wide_sweep_twice g_wide_sweep
}

# ---- h: two files with a key in common ---------------------------------------------
keyed() { "$regsweep" run -q one.csv two.csv --key id -y 'c*' -x 'd*' -j "$jobs" -o out.csv --force; }
job_h() {
    local what="h. 2 files of $keyed rows and 7 columns in different orders, joined by --key, 49 pairs, whole process"
    awk -v n="$keyed" 'BEGIN {print "id"; for (i = 1; i <= n; i++) printf "s%07d\n", i}' >ids
    "$build/bench/make_table" "$keyed" 7 12 1 | paste -d, ids - >one.csv
    "$build/bench/make_table" "$keyed" 7 12 2 | sed '1s/c/d/g' | paste -d, ids - >right
    head -n 1 right >two.csv
    tail -n +2 right | shuf --random-source=one.csv >>two.csv
    keyed
    r_cor "$jobs" one.csv,two.csv 7 7 all "$jobs" r.csv
    agree out.csv r.csv
    for ((i = 0; i < slow_rounds; i++)); do
        seconds keyed >>h_ours
        seconds r_cor "$jobs" one.csv,two.csv 7 7 all "$jobs" r.csv >>h_r
    done
    faster "$what" "R fread+merge+crossprod()" h_ours h_r
}

# ---- i: p adjusted for all tests -----------------------------------------------------
job_i() {
    local file=square.csv what
    what="i. $(pairs_of $many $many) pairs ($many x $many, n = $n), all rows with --adjust bh, whole process"
    table $file $((2 * many)) common=0.15
    ours $file $many $many -q --adjust bh
    r_cor "$jobs" $file $many $many all "$jobs" r.csv bh
    agree out.csv r.csv
    for ((i = 0; i < slow_rounds; i++)); do
        rm -f out.csv r.csv
        seconds ours $file $many $many -q --adjust bh >>i_ours
        seconds r_cor "$jobs" $file $many $many all "$jobs" r.csv bh >>i_r
    done
    faster "$what" "R crossprod()+p.adjust()+fread+fwrite" i_ours i_r
}

echo "machine: $(nproc) CPUs, $jobs workers and threads; load $(cut -d' ' -f1-3 /proc/loadavg)"
"$regsweep" --version -v | tr '\n' ';' | sed 's/;$/\n/'
r_cor "$jobs" version
numpy_cor version
plink2 --version
for letter in ${ONLY:-a b c d e f g h i}; do
    "job_$letter"
done
if [ "$failed" -ne 0 ]; then
    die "results differ: see above"
fi
