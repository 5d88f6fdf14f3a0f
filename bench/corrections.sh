#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: corrections.sh BUILD - what corrections for multiple testing cost:
# sweeps with --adjust against the same without, their memory; permutations
# against the bare matrix products; the bootstrap. In turn, in one run
# (medians, ROUNDS=5).
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

sweep() { # INTO OPTION...: seconds of all but reading
    local into=$1
    shift
    "$regsweep" run big.csv -j "$jobs" "$@" --timings -o out.csv --force 2>err
    echo "$(stage prepare) $(stage 'fit and encode')" | awk '{print $1 + $2}' >>"$into"
}

# ---- --adjust ------------------------------------------------------------------------
"$build/bench/make_table" 1000 21000 8 1 common=0 >big.csv
some=(-y '#1:#1000' -x '#1001:#3000')
most=(-y '#1:#1000' -x '#1001:#21000' --p-max 1e-4)
for ((i = 0; i < rounds; i++)); do
    sweep rows.plain "${some[@]}"
    sweep rows.bh "${some[@]}" --adjust bh
    sweep few.plain "${some[@]}" --p-max 1e-4
    sweep few.bh "${some[@]}" --p-max 1e-4 --adjust bh
    sweep few.all "${some[@]}" --p-max 1e-4 --adjust bonferroni,holm,hochberg,bh,by,storey
    sweep few.families "${some[@]}" --p-max 1e-4 --adjust bh --family y
    sweep most.plain "${most[@]}"
    sweep most.bh "${most[@]}" --adjust bh
    stage 'first pass' >>pass
    stage families >>sorting
done
echo "--adjust bh, 2 million pairs, all rows: $(ratio rows.bh rows.plain) x the time without ($(median <rows.bh) s, $(median <rows.plain) s; reading not counted)"
echo "--adjust bh, 2 million pairs, p < 1e-4: $(ratio few.bh few.plain) x the time without ($(median <few.bh) s, $(median <few.plain) s)"
echo "  all six methods $(ratio few.all few.bh) x, bh in families of each y $(ratio few.families few.bh) x the time of bh"
echo "--adjust bh, 20 million pairs, p < 1e-4: $(ratio most.bh most.plain) x the time without ($(median <most.bh) s, $(median <most.plain) s; the first pass $(median <pass) s, sorting and step functions $(median <sorting) s)"

# ---- memory ----------------------------------------------------------------------------
"$regsweep" run -q big.csv -j "$jobs" "${most[@]}" --adjust bh -o out.csv --force &
pid=$!
while kill -0 $pid 2>/dev/null; do
    memory $pid >>kilobytes
    sleep 0.01
done
wait $pid
sort -g kilobytes | tail -n 1 | awk -v table="$(stat -c %s big.csv)" -v n="$(wc -l <kilobytes)" '
    {printf "  at most %.0f MiB in all processes, %.1f x the table as text (%d looks)\n", $1 / 1024, $1 * 1024 / table, n}'

# ---- permutations ------------------------------------------------------------------------
rates() { sed -nE 's/.* ([0-9.]+) GF.*/\1/p'; }
for ((i = 0; i < rounds; i++)); do
    "$build/bench/dgemm_bare" "$jobs" 128 960 4000 20000 1000 | rates >>dgemm
    "$build/bench/permute_bench" "$jobs" 1000 4000 1000 0 20 >permute
    rates <permute >>none
    sed -nE 's/.* ([0-9.]+) permutations.*/\1/p' permute >>permutations
    "$build/bench/permute_bench" "$jobs" 1000 4000 1000 5 20 | rates >>five
done
echo "--permute, 4 million pairs, n = 1000: $(median <permutations) permutations/s, $(ratio none dgemm) x the rate of as many bare products by dgemm, with 5 covariates $(ratio five dgemm) x"

# ---- bootstrap -----------------------------------------------------------------------------
pairs() { "$build/bench/bootstrap_bench" "$@" | sed -nE 's/.* ([0-9]+) pairs.*/\1/p'; }
for ((i = 0; i < rounds; i++)); do
    pairs 10 100 1000 0 1000 0 >>boot.plain
    pairs 10 100 1000 5 1000 0 >>boot.covariates
    pairs 10 100 1000 0 1000 10 >>boot.missing
done
echo "--bootstrap 1000, n = 1000: $(median <boot.plain) pairs/s in one worker; with 5 covariates $(ratio boot.covariates boot.plain) x, with 10 cells of each x missing $(ratio boot.missing boot.plain) x that rate"
