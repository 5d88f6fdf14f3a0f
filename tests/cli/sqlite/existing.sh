#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is there already: nothing is lost unless --force says so, and a file that
# is not a database never is.
printf "y,x,z\n1,2,4\n2,3,1\n5,1,1\n3,3,2\n" >d.csv
run() {
    echo "-- $*"
    regsweep run -q -y y d.csv "$@"
    echo "status $?"
} 2>&1
{
    echo "not a database" >text.db
    run -o text.db
    run -o text.db --force
    run -o text.db --append
    cat text.db
    : >empty.db
    run -o empty.db
    mkdir folder.db
    run -o folder.db --force
    run -o absent/x.db
    mkfifo fifo.db
    run -o fifo.db

    run -o r.db
    run -o r.db
    run -o r.db -x z --append
    run -o r.db --append --columns y,x,p
    run -o r.db --append --columns +df1
    run -o r.db --append --columns y,x,n
    run -o r.db --append --force
    sqlite3 r.db 'SELECT run_id, y, x FROM fits; SELECT run_id, rows_written, complete FROM runs'
    run -o r.db --table second
    run -o r.db --force --columns y,x,p
    sqlite3 r.db 'SELECT run_id, y, x FROM fits; SELECT run_id FROM runs; SELECT count(*) FROM second' .tables

    run -o new.db --append
    sqlite3 own.db 'CREATE TABLE runs (mine); INSERT INTO runs VALUES (1)' 'CREATE VIEW v AS SELECT 1 AS run_id'
    run -o own.db
    run -o own.db --force
    run -o own.db --append
    run -o own.db --force --table v
    run -o own.db --table sqlite_fits
    run -o own.db --table ''
    sqlite3 own.db 'DROP TABLE runs; CREATE TABLE fits (run_id INTEGER, y TEXT)'
    run -o own.db --append
    run -o own.db --table fine
    sqlite3 own.db .tables
    sqlite3 odd.db 'CREATE TABLE keep (a); INSERT INTO keep VALUES (7); PRAGMA journal_mode = wal'
    run -o odd.db
    sqlite3 odd.db 'SELECT a FROM keep; PRAGMA journal_mode; SELECT count(*) FROM fits; PRAGMA integrity_check'
    ln -s r.db link.db
    run -o link.db --append --columns y,x,p
    sqlite3 r.db 'SELECT count(*) FROM runs'
    [ -L link.db ] && echo "still a link"
    ls
}
