#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: plan.sh BUILD - what --dry-run says a run takes, against the run: the
# ratio of both by kind of run, each pair in turn (medians, ROUNDS=5), and how
# many of the kinds are within a factor 2. ONLY='NAME...': these alone.
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

# FILE: seconds of the plan's time, or of the run's headline
headline() {
    grep -oE '(about|pairs? in) [0-9.]+ (ms|s|min)' "$1" | head -1 |
        awk '{print $(NF - 1) * ($NF == "ms" ? 1e-3 : $NF == "min" ? 60 : 1)}'
}

kind() { # NAME OUTPUT ARGUMENT...
    local name=$1 out=$2
    shift 2
    case " ${ONLY-$name} " in *" $name "*) ;; *) return ;; esac
    rm -f planned taken
    for ((i = 0; i < rounds; i++)); do
        rm -f "$out"
        "$regsweep" run "$@" -j "$jobs" -o "$out" --dry-run >plan
        grep '^time ' plan >plan.time
        headline plan.time >>planned
        "$regsweep" run "$@" -j "$jobs" -o "$out" 2>err
        headline err >>taken
    done
    paste planned taken | awk '{print $1 / $2}' | median >>ratios
    printf '  %-12s %6s x  (%s s, %s s)\n' "$name" \
        "$(tail -1 ratios | awk '{printf "%.2f", $1}')" \
        "$(median <planned)" "$(median <taken)"
    rm -f "$out"
}

"$build/bench/make_table" 1000 3000 8 1 common=0 >square.csv
"$build/bench/make_table" 200000 40 8 2 >tall.csv
"$build/bench/make_table" 200 20000 8 3 >wide.csv
"$build/bench/make_table" 500 600 8 4 scattered=0.02 >holes.csv
"$build/bench/make_table" 600 400 0 5 >codes.csv
gzip -k wide.csv
awk -F, -v OFS=, 'NR == 1 {print "site", $0; next}
    {print "s" NR % 20, $0}' holes.csv >sites.csv
some=(square.csv -y '#1:#50' -x '#101:#3000')
most=(square.csv -y '#1:#500' -x '#1001:#3000')

echo "--dry-run's time against the run's, $jobs workers:"
kind few out.csv square.csv -y '#1' -x '#2:#15'
kind rows out.csv "${some[@]}"
kind all-rows out.csv "${most[@]}"
kind all-columns out.csv "${some[@]}" --columns all
kind exact out.csv square.csv -y '#1:#40' -x '#101:#600' --engine exact
kind covariates out.csv "${some[@]}" -c '#2996:#3000'
kind terms out.csv "${some[@]}" -c '#2996:#3000' --rows terms
kind screened out.csv "${most[@]}" --p-max 1e-4
kind top out.csv "${most[@]}" --top 100
kind per-y out.csv "${most[@]}" --top-per-y 3
kind robust out.csv "${some[@]}" --se hc3
kind holes out.csv holes.csv -y '#1:#50' -x '#101:#600'
kind groups out.csv sites.csv -y 'c1:c20' -x 'c101:c500' --group site
kind factor out.csv sites.csv -y 'c1:c50' -x 'c101:c600' -c site
kind categories out.csv codes.csv -y 'c1:c40' -x 'c41:c240' --factor 'c41:c240'
kind tall out.csv tall.csv -y '#1:#10' -x '#11:#40'
kind wide out.csv wide.csv -y '#1:#5' -x '#6:#20000'
kind gz-in out.csv wide.csv.gz -y '#1:#5' -x '#6:#20000'
kind gz out.csv.gz "${some[@]}"
kind zst out.csv.zst "${most[@]}"
kind jsonl out.jsonl "${some[@]}"
kind sqlite out.db "${some[@]}"
kind matrix out.npy "${most[@]}" --columns beta
kind adjust out.csv "${some[@]}" --adjust bh
kind q-max out.csv "${most[@]}" --adjust bh --q-max 0.05
kind permute out.csv square.csv -y '#1:#20' -x '#101:#600' --permute 200
kind bootstrap out.csv square.csv -y '#1:#4' -x '#101:#200' --bootstrap 200
awk '$1 >= 0.5 && $1 <= 2 {n++} END {
    print "  within a factor 2: " n + 0 " of " NR " kinds"}' ratios
