#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C: whole tiles are kept, the run is noted as incomplete, the caller sees
# the signal, one file is left. With --top, which writes at the end, nothing is.
awk 'BEGIN{srand(3); for(j=0;j<500;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<3000;i++){for(j=0;j<500;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
python3 - <<'P'
import os, signal, sqlite3, subprocess, time
for top in [], ['--top', '3']:
    p = subprocess.Popen(['regsweep', 'run', '--engine', 'exact', '-j', '1', '-y', '*', '-x', '*', '-c', 'c0,c1,c2',
                          'd.csv', '-o', 'out.db', *top], stderr=subprocess.PIPE, preexec_fn=lambda: (os.setsid(), signal.signal(signal.SIGINT, signal.SIG_DFL)))
    while p.poll() is None and not top and not (os.path.exists('out.db') and os.path.getsize('out.db') > 40000):
        time.sleep(0.001)
    time.sleep(0.5)
    begin = time.time()
    os.killpg(p.pid, signal.SIGINT)
    text = p.stderr.read().decode()
    print(signal.Signals(-p.wait()).name, 'in time' if time.time() - begin < 2.5 else 'late', 'interrupted' in text,
          "were written to 'out.db'" in text)
    if top:
        print([f for f in os.listdir() if f.startswith('out')])
        break
    db = sqlite3.connect('out.db')
    pairs, tiles, done, rows, complete, ok, ended = db.execute(
        'SELECT pairs, tiles, tiles_done, rows_written, complete, ok, ended FROM runs').fetchone()
    print(complete, 0 < done < tiles, 0 < rows < pairs, ok == rows, ended is not None,
          db.execute('SELECT count(*) FROM fits').fetchone() == (rows,), db.execute('PRAGMA integrity_check').fetchone())
    db.close()
    print([f for f in os.listdir() if f.startswith('out')])
    os.remove('out.db')
P
