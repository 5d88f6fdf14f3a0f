#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C before the rows are written says so; after them it does not wait.
awk 'BEGIN{srand(3); for(j=0;j<300;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<300;i++){for(j=0;j<300;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
cat >interrupt.py <<'P'
import os, signal, subprocess, sys, time
pattern, args = sys.argv[1], sys.argv[2:]
def alone():
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL) # whatever the tests' own caller ignores
p = subprocess.Popen(['regsweep', 'run', '-j', '2', '-y', '*', '-x', '*', 'd.csv', '-o', 'out.csv', '--progress', 'always'] + args,
                     stderr=subprocess.PIPE, preexec_fn=alone)
text = b''
while pattern.encode() not in text:
    more = os.read(p.stderr.fileno(), 4096)
    if not more:
        break
    text += more
while pattern == 'preparing' and not os.path.exists('out.csv'):
    time.sleep(0.01) # the rows are written, and --verify is at work
begin = time.time()
os.killpg(p.pid, signal.SIGINT)
text = (text + p.stderr.read()).decode()
print(signal.Signals(-p.wait()).name, 'in time' if time.time() - begin < 2.5 else 'late', 'interrupted' in text, 'permute: ' in text and ' of 1,000,000 permutations' in text, os.path.exists('out.csv'))
P
python3 interrupt.py ' of ' --permute 1000000
python3 interrupt.py preparing --verify 1000000 -c c0,c1,c2
