#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two runs in one SQLite database, then questions in SQL: the ten best hits, and
# the three that lose most when block is in the model.
cd "$(dirname "$0")" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
regsweep run -q elements.csv -y '*_k,density' -o "$folder/hits.db"
regsweep run -q elements.csv -y '*_k,density' -c block -o "$folder/hits.db" --append
sqlite3 -header -csv "$folder/hits.db" "
    SELECT y, x, n, printf('%.5g', beta) AS beta, printf('%.3g', p) AS p
    FROM fits WHERE run_id = 1 ORDER BY fits.p LIMIT 10" | tr -d '\r'
sqlite3 -header -csv "$folder/hits.db" "
    SELECT a.y, a.x, printf('%.3g', a.p) AS p, printf('%.3g', b.p) AS p_given_block
    FROM fits a JOIN fits b USING (y, x)
    WHERE a.run_id = 1 AND b.run_id = 2 ORDER BY b.p / a.p DESC LIMIT 3" | tr -d '\r'
sqlite3 -header -csv "$folder/hits.db" \
    'SELECT run_id, pairs, rows_written, ok, complete FROM runs' | tr -d '\r'
