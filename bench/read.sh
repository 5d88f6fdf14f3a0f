#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: read.sh BUILD - reading 200 MB of numbers against data.table's fread
# with as many threads, wide and tall, taken in turn (medians, ROUNDS=5).
# Wants Rscript and data.table (Debian: r-base-core r-cran-data.table).
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

if ! Rscript -e 'stopifnot(requireNamespace("data.table"))' 2>/dev/null; then
    echo "SKIP: no Rscript with data.table"
    exit 0
fi

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
            stage read >>ours
        done
        echo "$1, $2 x $3, $threads threads:" \
            "$(awk -v b="$bytes" '{print b / $1 / 1e6}' ours | median) MB/s," \
            "fread $(awk -v b="$bytes" '{print b / $1 / 1e6}' theirs | median) MB/s," \
            "$(paste theirs ours | awk '{print $1 / $2}' | median) x as fast"
    done
}

measure wide 1000 14000
measure tall 1000000 14
