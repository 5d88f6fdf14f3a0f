# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: sqlite_check.py DB REF RUN - is what a run left behind whole?

Prints `complete` or `prefix ROWS`, or what is wrong. REF is the database of a
run that nothing happened to, RUN the run_id to look at in DB; its tiles are
equally large.
"""
import sqlite3
import sys


def look(path, ref, run):
    db = sqlite3.connect(path, timeout=0)
    if db.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
        return 'integrity_check fails'
    tables = {name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 'prefix 0'
    if tables != {'fits', 'runs'}:
        return f'tables {tables}'
    note = db.execute('SELECT pairs, tiles, tiles_done, rows_written, complete, ended, ok '
                      'FROM runs WHERE run_id = ?', (run,)).fetchone()
    if note is None:
        return 'the run is not noted' if run == 1 else 'prefix 0'
    pairs, tiles, done, rows, complete, ended, ok = note
    if pairs % tiles != 0 or rows != done * (pairs // tiles):
        return f'{rows} rows are noted for {done} of {tiles} tiles, {pairs} pairs'
    if db.execute('SELECT count(*) FROM fits WHERE run_id = ?', (run,)).fetchone() != (rows,):
        return 'rows and their number differ'
    if db.execute('SELECT count(*) FROM fits WHERE run_id NOT IN (SELECT run_id FROM runs)').fetchone() != (0,):
        return 'rows of no run'
    if ended is not None and ok not in (0, rows):
        return f'{ok} pairs are counted for {rows} rows'
    first, = db.execute('SELECT min(rowid) - 1 FROM fits WHERE run_id = ?', (run,)).fetchone()
    db.execute('ATTACH ? AS ref', (ref,))
    same = db.execute('SELECT count(*) FROM main.fits m JOIN ref.fits r ON r.rowid = m.rowid - ? '
                      'WHERE m.run_id = ? AND m.y = r.y AND m.x = r.x AND m.beta = r.beta', (first, run)).fetchone()[0]
    if same != rows:
        return f'{rows - same} of {rows} rows differ'
    if complete == 0:
        return f'prefix {rows}'
    return 'complete' if done == tiles and ended is not None else 'complete, but not done'


print(look(sys.argv[1], sys.argv[2], int(sys.argv[3])))
