#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: databases.sh BUILD - rows into SQLite: the sink against a bare loop of
# inserts; and a run into a file of SQLite, with its indexes, against the same
# into CSV, beside one that holds a run already. In turn, in one run (medians,
# ROUNDS=5). For PostgreSQL see postgres.sh.
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

"$build/bench/sqlite_insert" rows.db 1000000 "$rounds"

"$build/bench/make_table" 500 1100 8 1 >t.csv
sweep() { # INTO FILE OPTION...: 300,000 pairs, all rows; the whole process
    local begin=$EPOCHREALTIME into=$1
    shift
    "$regsweep" run -q t.csv -y '#1:#500' -x '#501:#1100' -j "$jobs" -o "$@"
    echo "$begin $EPOCHREALTIME" | awk '{printf "%.6f\n", $2 - $1}' >>"$into"
}
for ((i = 0; i < rounds; i++)); do
    rm -f out.csv out.db
    sweep csv out.csv
    sweep first out.db
    sweep second out.db --append
done
rows=$(sqlite3 out.db 'SELECT count(*) FROM fits')
[ "$rows" -eq 600000 ] || { echo "out.db has $rows rows" >&2; exit 1; }
echo "SQLite, 300,000 pairs, all rows, whole process: $(ratio first csv) x the time of CSV, into a file that holds as many $(ratio second csv) x ($(median <first) s, $(median <second) s; $(median <csv) s), $(echo "$(stat -c %s out.db) $(stat -c %s out.csv)" | awk '{printf "%.2f", $1 / 2 / $2}') x its size"
