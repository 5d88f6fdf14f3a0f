#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: postgres.sh BUILD - rows into a private PostgreSQL server, against a
# bare binary COPY of the same rows from memory; in turn, in one run. The
# indexes that a run ends with are not counted, nor is reading.
# shellcheck disable=SC2154  # lib.sh has them
program_build=$(cd "$1" && pwd)
rounds=${ROUNDS:-5}
. "$(dirname "$0")/../tests/db/lib.sh"
export PATH=$program_build:$PATH
if ! have_server || ! new_cluster || ! start_server; then
    echo "PostgreSQL: skipped, no server to be had"
    exit
fi
median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
"$program_build/bench/make_table" 200 1500 8 1 >t.csv
columns=run_id,y,x,n,intercept,beta,se,stat,p,r2,status
rows=
for ((i = 0; i < rounds; i++)); do
    regsweep run -q t.csv -y '*' -x '*' -o "$url" --force || exit 1
    sql 'SELECT extract(epoch FROM ended - started) FROM runs' >>sweep
    if [ -z "$rows" ]; then
        rows=$(sql 'SELECT count(*) FROM fits')
        psql -qX "$url" -c "COPY (SELECT $columns FROM fits) TO STDOUT (FORMAT binary)" >rows.bin
        sql 'CREATE TABLE bare (LIKE fits)'
    fi
    sql 'DROP TABLE fits; TRUNCATE bare; CHECKPOINT'
    "$program_build/bench/pg_copy" "$url" "COPY bare ($columns) FROM STDIN (FORMAT binary)" rows.bin >>bare || exit 1
    sql 'TRUNCATE bare; DROP TABLE runs; CHECKPOINT'
done
echo "PostgreSQL, $rows rows of $(($(stat -c %s rows.bin) / rows)) bytes: $(paste bare sweep | awk '{print $1 / $2}' | median) x the rate of a bare binary COPY ($(median <sweep | awk -v n="$rows" '{printf "%.2f", n / $1 / 1e6}') M rows/s with fitting and commits, $(median <bare | awk -v n="$rows" '{printf "%.2f", n / $1 / 1e6}') M bare)"
