#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: read.sh BUILD - reading 200 MB of numbers against data.table's fread
# with as many threads, wide and tall, taken in turn (medians, ROUNDS=5).
# Wants Rscript and data.table (Debian: r-base-core r-cran-data.table).
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
regsweep=$build/regsweep

if ! Rscript -e 'stopifnot(requireNamespace("data.table"))' 2>/dev/null; then
    echo "SKIP: no Rscript with data.table"
    exit 0
fi

median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
measure() { # NAME ROWS COLUMNS
    local bytes threads
    "$build/bench/make_table" "$2" "$3" 6-17 1 >"$1.csv"
    bytes=$(stat -c %s "$1.csv")
    for threads in 1 "$(nproc)"; do
        rm -f theirs ours
        for ((i = 0; i < rounds; i++)); do
            Rscript "$here/fread.R" "$1.csv" "$threads" >>theirs
            "$regsweep" run "$1.csv" -y '#1' -x "#2:#$3" -j "$threads" \
                --timings -o out.csv --force 2>err
            sed -nE 's/^regsweep: time: read ([0-9.]+) s.*/\1/p' err >>ours
        done
        echo "$1, $2 x $3, $threads threads:" \
            "$(awk -v b="$bytes" '{print b / $1 / 1e6}' ours | median) MB/s," \
            "fread $(awk -v b="$bytes" '{print b / $1 / 1e6}' theirs | median) MB/s," \
            "$(paste theirs ours | awk '{print $1 / $2}' | median) x as fast"
    done
}

measure wide 1000 14000
measure tall 1000000 14
