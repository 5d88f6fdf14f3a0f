#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tables, the indexes, what is noted of a run, and its settings.
regsweep run -q "$EXAMPLES/elements.csv" -y density,melting_k -x boiling_k,number -c block -o x.db
sqlite3 x.db .schema
sqlite3 -line x.db 'SELECT run_id, program, input_hash, pairs, tiles, tiles_done, rows_written, ok, constant_x, worker_lost,
    complete FROM runs'
sqlite3 x.db "SELECT started LIKE '20__-__-__T__:__:__Z', ended >= started, libraries LIKE '%SQLite 3%',
    input LIKE '%/elements.csv', command LIKE 'regsweep run -q %/elements.csv -y density,melting_k % -o x.db' FROM runs"
sqlite3 x.db 'PRAGMA journal_mode; PRAGMA integrity_check; SELECT y, x, n, status, typeof(p) FROM fits'
regsweep run -q "$EXAMPLES/elements.csv" -y density -x number -o y.db --columns x,beta,model --table 'my "best" ones'
sqlite3 y.db .schema "SELECT x, model FROM \"my \"\"best\"\" ones\""
ls
