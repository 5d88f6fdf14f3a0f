#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: key.sh BUILD - reading two files that have a key in common, against one
# file that has the same table joined: rows in the same order, and the second
# file's in another. In turn, in one run (medians, ROUNDS=5).
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

tables() { # ROWS COLUMNS: one.csv and two.csv, shuffled.csv, joined.csv
    "$build/bench/make_table" "$1" "$2" 8 1 >left
    "$build/bench/make_table" "$1" "$2" 8 2 | sed '1s/c/d/g' >right
    awk -v n="$1" 'BEGIN {print "id"; for (i = 1; i <= n; i++) printf "s%07d\n", i}' >ids
    paste -d, ids left >one.csv
    paste -d, ids right >two.csv
    paste -d, one.csv right >joined.csv
    head -n 1 two.csv >shuffled.csv
    tail -n +2 two.csv | shuf --random-source=one.csv >>shuffled.csv
}
sweep() { # INTO OPTION...: one pair, so that all is reading
    local into=$1
    shift
    "$regsweep" run -j "$jobs" -y c1 -x d1 "$@" --timings -o out.csv --force 2>err
    stage read >>"$into"
    [ -e want ] || cp out.csv want
}
measure() { # NAME ROWS COLUMNS
    tables "$2" "$3"
    rm -f plain same other want
    for ((i = 0; i < rounds; i++)); do
        sweep plain joined.csv
        sweep same one.csv two.csv --key id
        cmp out.csv want
        sweep other one.csv shuffled.csv --key id
        cut -d, -f1-3 out.csv | cmp - <(cut -d, -f1-3 want)
    done
    echo "--key, $1, $2 x twice $3: $(ratio same plain) x the time of the joined file, of rows in another order $(ratio other plain) x ($(median <same) s, $(median <other) s; $(median <plain) s)"
}

measure wide 1000 5000
measure tall 1000000 7
