#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --note is kept with the run; a table of an earlier version gets the column.
printf 'y,x\n1,2\n2,3\n5,1\n' >d.csv
regsweep run -q d.csv -y y -x x -o r.db
sqlite3 r.db 'ALTER TABLE runs DROP COLUMN note'
regsweep run -q d.csv -y y -x x -o r.db --append --note "it's the second, postgresql://me:geheim@lab/db"
regsweep run -q d.csv -y y -x x -o r.db --append
sqlite3 r.db 'SELECT run_id, note, complete FROM runs'
regsweep run -q d.csv -y y -x x --note 'for nobody'
