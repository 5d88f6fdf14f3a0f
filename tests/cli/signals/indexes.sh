#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Making indexes is shown as what it is, and a signal ends it: all rows are there,
# and the database is sound.
awk 'BEGIN{srand(3); for(j=0;j<500;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<20;i++){for(j=0;j<500;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
python3 - <<'P'
import os, signal, sqlite3, subprocess, time
p = subprocess.Popen(['regsweep', 'run', '-y', '*', '-x', '*', 'd.csv', '-o', 'out.db', '--progress', 'always'], stderr=subprocess.PIPE)
text = b''
while b'making indexes' not in text:
    more = os.read(p.stderr.fileno(), 4096)
    if not more:
        break
    text += more
begin = time.time()
p.send_signal(signal.SIGTERM)
text = (text + p.stderr.read()).decode()
print(signal.Signals(-p.wait()).name, 'in time' if time.time() - begin < 2 else 'late', 'interrupted' in text,
      "249,500 of 249,500 pairs were written to 'out.db'" in text)
db = sqlite3.connect('out.db')
print(db.execute('SELECT count(*) FROM fits').fetchone(), db.execute('PRAGMA integrity_check').fetchone(), os.listdir() == ['d.csv', 'out.db'] or sorted(os.listdir()))
P
