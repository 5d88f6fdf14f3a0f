#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rows that do not arrive are an error: the names of the program's own tables, and
# triggers that ignore rows, or take them away again. What cannot be a database is
# told before anything is read.
printf 'a,b,c\n1,2,1\n2,1,1\n3,5,4\n4,4,9\n' >d.csv
run() {
    echo "-- $*"
    regsweep run -q -y a "$@"
    echo "status $?"
} 2>&1
for name in regsweep_batch_of_pairs regsweep_batch_of_terms; do
    run -x b d.csv -o names.db --table $name --rows both
    sqlite3 names.db "SELECT count(*), (SELECT count(*) FROM ${name}_terms), (SELECT complete FROM ${name}_runs) FROM $name"
done
trigger() { # NAME TEXT: of a database with a run of one row
    rm -f t.db
    regsweep run -q -y a -x b d.csv -o t.db
    sqlite3 t.db "CREATE TRIGGER t $1"
    run --append -x b,c d.csv -o t.db
    sqlite3 t.db 'SELECT run_id, rows_written, complete FROM runs' 'SELECT count(*) FROM fits' 'PRAGMA integrity_check'
}
trigger 'BEFORE INSERT ON fits BEGIN SELECT raise(ignore); END'
trigger "BEFORE INSERT ON fits WHEN new.x = 'c' BEGIN SELECT raise(ignore); END"
trigger 'AFTER INSERT ON fits BEGIN DELETE FROM fits WHERE rowid = new.rowid AND run_id > 1; END'
trigger 'BEFORE UPDATE ON runs BEGIN SELECT raise(ignore); END'
trigger 'AFTER INSERT ON fits BEGIN UPDATE fits SET beta = 0 WHERE run_id = 1; END'

# nothing is read: the input is not there
sqlite3 index.db 'CREATE TABLE fits_y (a)'
run -x b absent.csv -o index.db
echo 'not a database at all, but text' >text.db
run -x b absent.csv -o text.db
long=$(printf '%0250d' 0)
run -x b absent.csv -o "$long.db"
run -x b absent.csv -o "$long"
mkdir -p "$long/$long"
run -x b absent.csv -o "$long/$long/a.db"
cd "$long/$long" && run -x b absent.csv -o a.db | sed 1d
