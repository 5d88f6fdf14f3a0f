#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A database of an earlier version, whose runs have no column y_explained nor
# any of robust errors, and whose fits none of categories: they are added, and
# what was there stays; --force takes it for ours too.
printf "y,x,z,c\n1,2,4,2\n2,3,1,4\n5,1,1,10\n3,3,2,6\n" >d.csv
columns=ok,constant_x,constant_y,collinear,y_explained,perfect_fit,non_finite,no_variance,worker_lost
regsweep run -q -y y d.csv -x x -o r.db
for column in level reference df1; do sqlite3 r.db "ALTER TABLE fits DROP COLUMN $column"; done
for later in y_explained leverage_one one_cluster no_variance lonely_psu no_reference; do
    sqlite3 r.db "ALTER TABLE runs DROP COLUMN $later"
done
sqlite3 r.db "SELECT count(*) FROM pragma_table_info('runs')"
cp r.db old.db
regsweep run -q -y y d.csv -x x,z -c c -o r.db --append
regsweep run -q -y y d.csv -x x -o r.db --append
sqlite3 -header r.db "SELECT run_id, $columns, started IS NOT NULL, complete FROM runs" \
    'SELECT run_id, y, x, level, n, df1, status FROM fits' 'PRAGMA integrity_check'
sqlite3 r.db "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('runs') WHERE name IN ('complete', 'y_explained')"
regsweep run -q -y y d.csv -x x -o old.db --force
sqlite3 old.db "SELECT run_id, $columns FROM runs"
# other columns than ours are refused as ever
sqlite3 r.db 'ALTER TABLE runs ADD COLUMN mine'
regsweep run -q -y y d.csv -x x -o r.db --append
sqlite3 old.db 'ALTER TABLE runs DROP COLUMN complete'
regsweep run -q -y y d.csv -x x -o old.db --append
