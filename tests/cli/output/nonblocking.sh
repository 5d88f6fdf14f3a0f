#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A standard output that its owner has set not to block loses nothing.
awk 'BEGIN{srand(3); for(j=0;j<150;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<50;i++){for(j=0;j<150;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
regsweep run -q -y '*' -x '*' d.csv -o ref.csv
python3 - <<'P'
import os, subprocess, time
end, out = os.pipe()
os.set_blocking(out, False)
p = subprocess.Popen(['regsweep', 'run', '-q', '-y', '*', '-x', '*', 'd.csv'], stdout=out)
time.sleep(0.2)
os.close(out)
got = b''
for chunk in iter(lambda: os.read(end, 50000), b''):
    got += chunk
print(p.wait(), got == open('ref.csv', 'rb').read(), len(got) > 1000000)
P
