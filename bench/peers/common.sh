# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the scripts of comparisons share; to be sourced, with a folder for
# scratch files in `work`.
: "${work:?}"

die() {
    echo "bench-peers: $1" >&2
    exit 1
}

# COMMAND...: wall clock; a failure ends the script with what it said.
seconds() {
    local begin=$EPOCHREALTIME end
    "$@" >"$work/said" 2>&1 || {
        cat "$work/said" >&2
        die "failed: $*"
    }
    end=$EPOCHREALTIME
    echo "$begin $end" | awk '{printf "%.6f\n", $2 - $1}'
}

# FILE: of regsweep's messages with --timings, the seconds of the sweep: to
# prepare, fit, encode and write, all but reading. A minute and more is M:SS.
sweep_seconds() {
    sed -nE 's/^regsweep: time: (prepare|fit and encode) ([0-9:.]+) .*/\1 \2/p' "$1" |
        awk '
            {n = split($NF, part, ":"); t = 0}
            {for (i = 1; i <= n; i++) t = t * 60 + part[i]; sum += t}
            /^fit/ {found = 1}
            END {if (!found) exit 1; printf "%.6f\n", (sum > 0 ? sum : 0.001)}' ||
        die "no time of the sweep in: $(cat "$1")"
}

# Standard input: the median (of an even number: the mean of the two).
median() {
    sort -g | awk '
        {v[NR] = $1}
        END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'
}

# OURS THEIRS [FACTOR]: files with a time a line, taken in turn. Sets ratio
# (median of THEIRS / OURS * FACTOR), spread (least to largest ratio), a and b
# (the medians of both).
ratios() {
    local factor=${3:-1}
    [ "$(wc -l <"$1")" -eq "$(wc -l <"$2")" ] || die "rounds differ: $1 $2"
    paste "$1" "$2" | awk -v f="$factor" '{print $2 / $1 * f}' >"$work/ratios"
    ratio=$(median <"$work/ratios" | awk '{printf "%.3g", $1}')
    spread=$(sort -g "$work/ratios" |
        awk 'NR == 1 {printf "%.3g to ", $1} {last = $1} END {printf "%.3g", last}')
    a=$(median <"$1" | awk '{printf "%.3g", $1}')
    b=$(median <"$2" | awk '{printf "%.3g", $1}')
}

# WHAT PEER OURS THEIRS: one line of a comparison of speed.
faster() {
    ratios "$3" "$4"
    echo "$1: $ratio x $2 ($a s against $b s; $(wc -l <"$3") rounds, $spread)"
}

# WHAT BASE OURS BASES: how many times the time of BASE.
longer() {
    ratios "$4" "$3"
    echo "$1: $ratio x the time of $2 ($b s against $a s; $(wc -l <"$3") rounds, $spread)"
}
