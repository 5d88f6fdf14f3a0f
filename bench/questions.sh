#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: questions.sh BUILD [NAME...] - what other questions cost than that of
# a straight line, as ratios of fitting times: both sides in turn, medians of
# ROUNDS=5. All rows, then a matrix, which is the fitting alone, and screened.
# n = 1000; lines of what is asked of the program say what it may be at most.
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"
shift

fit() { # INTO FILE OPTION...: seconds of fitting, to an output out.*
    local into=$1 file=$2
    shift 2
    rm -f out.*
    "$regsweep" run "$file" -j "$jobs" --timings "$@" 2>err || {
        cat err >&2
        exit 1
    }
    stage 'fit and encode' >>"$into"
}
wanted=("$@")
is_wanted() {
    local name
    [ ${#wanted[@]} -eq 0 ] && return 0
    for name in "${wanted[@]}"; do
        [ "$name" = "$1" ] && return 0
    done
    return 1
}
# NAME WHAT LIMIT -- ONE SIDE -- THE OTHER: prints the median ratio
against() {
    local name=$1 what=$2 limit=$3 one=() other=() i
    is_wanted "$name" || return 0
    shift 4
    while [ "$1" != -- ]; do
        one+=("$1")
        shift
    done
    shift
    other=("$@")
    rm -f one other
    for ((i = 0; i < rounds; i++)); do
        fit one "${one[@]}"
        fit other "${other[@]}"
    done
    [ "$limit" = - ] || limit="at most $limit"
    echo "$what: $(ratio one other) x ($limit; $(median <one) s, $(median <other) s)"
}

# ---- tables -------------------------------------------------------------------
# 500 dependents, 2000 independents, five covariates; 600 columns of four
# levels; weights, 50 clusters, 100 groups
"$build/bench/make_table" 1000 2505 8 1 >full.csv
"$build/bench/make_table" 1000 2505 8 1 scattered=0.05 >holes.csv
awk 'BEGIN {
    srand(7); OFS = ","
    printf "weight,cluster"
    for (j = 1; j <= 600; j++) printf ",f%d", j
    print ""
    for (i = 0; i < 1000; i++) {
        printf "%.3f,%d", 0.1 + rand(), i % 50
        for (j = 1; j <= 600; j++) printf ",%s", substr("abcd", 1 + int(4 * rand()), 1)
        print ""
    }
}' >beside.csv
paste -d, full.csv beside.csv >t.csv
paste -d, holes.csv beside.csv >h.csv
rm -f full.csv holes.csv beside.csv
y='c1:c500'
x='c501:c2500'
covariates=(-c 'c2501:c2505')
matrix=(--columns stat -o out.npy)
screened=(--p-max 1e-6 -o out.csv)

# ---- all pairs ----------------------------------------------------------------
all_pairs() { # WORDS LIMITS OPTION...: hc3 interaction factor cluster weights
    local words=$1 limits=() file c with beside
    read -ra limits <<<"$2"
    shift 2
    for file in t.csv h.csv; do
        for with in none five; do
            c=()
            beside="$words"
            [ $with = none ] || { c=("${covariates[@]}") && beside="$beside, 5 covariates"; }
            [ $file = t.csv ] || beside="$beside, 5 % missing"
            against hc3 "HC3$beside" "${limits[0]}" -- $file -y $y -x $x "${c[@]}" --se hc3 "$@" -- $file -y $y -x $x "${c[@]}" "$@"
            against interaction "interaction$beside" "${limits[1]}" -- $file -y $y -x $x "${c[@]}" --interact c2504 "$@" -- $file -y $y -x $x "${c[@]}" "$@"
            against factor "F of 4 levels, against 3 columns$beside" "${limits[2]}" -- $file -y $y -x 'f1:f600' "${c[@]}" "$@" -- $file -y $y -x c501:c2300 "${c[@]}" "$@"
            against cluster "50 clusters$beside" "${limits[3]}" -- $file -y $y -x $x "${c[@]}" --se cluster --cluster cluster "$@" -- $file -y $y -x $x "${c[@]}" "$@"
            [ $with = none ] || continue
            against weights "weights$beside" "${limits[4]}" -- $file -y $y -x $x -w weight "$@" -- $file -y $y -x $x "$@"
        done
    done
}
all_pairs "" "3 3 1.3 5 1.1" -o out.csv
all_pairs ", a matrix" "- - - - -" "${matrix[@]}"
against spearman "Spearman, after ranking" 1.2 -- t.csv -y $y -x $x -m spearman "${matrix[@]}" -- t.csv -y $y -x $x "${matrix[@]}"

# ---- screened -----------------------------------------------------------------
for kind in hc0 hc1 hc2 hc3; do
    against screened "$kind, screened" 3 -- t.csv -y $y -x $x --se $kind "${screened[@]}" -- t.csv -y $y -x $x "${screened[@]}"
done
against screened "50 clusters, screened" 4 -- t.csv -y $y -x $x --se cluster --cluster cluster "${screened[@]}" -- t.csv -y $y -x $x "${screened[@]}"
against screened "F of 4 levels, screened" 3.6 -- t.csv -y $y -x 'f1:f600' "${screened[@]}" -- t.csv -y $y -x c501:c1100 "${screened[@]}"

# ---- Kendall ------------------------------------------------------------------
if is_wanted kendall; then
    rm -f one
    for ((i = 0; i < rounds; i++)); do
        fit one t.csv -y c1:c50 -x c501:c700 -m kendall "${matrix[@]}"
    done
    echo "Kendall: $(median <one | awk -v j="$jobs" '{printf "%.1f", $1 * j / 10000 * 1e6}') us a pair and worker (at most 100)"
fi

# ---- groups -------------------------------------------------------------------
if is_wanted groups; then
    "$build/bench/make_table" 100000 70 8 4 >numbers.csv
    awk 'NR == 1 {print "g"} NR > 1 {printf "g%02d\n", NR % 100}' numbers.csv | paste -d, - numbers.csv >groups.csv
    awk -F, 'NR == 1 || $1 == "g07"' groups.csv >one.csv
    rm -f one other
    for ((i = 0; i < rounds; i++)); do
        fit one groups.csv -g g -y c1:c20 -x c21:c70 -o out.csv
        fit other one.csv -y c1:c20 -x c21:c70 -o out.csv
    done
    echo "100 groups of 1000 rows: $(paste one other | awk '{printf "%.2f\n", $1 / $2 / 100}' | median) x 100 separate fits (at most 1.3; $(median <one) s, $(median <other) s)"
fi
