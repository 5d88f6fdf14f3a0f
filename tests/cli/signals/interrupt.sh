#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C: a whole prefix is kept, the caller sees the signal.
awk 'BEGIN{srand(3); for(j=0;j<300;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<3000;i++){for(j=0;j<300;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
regsweep run -q --engine exact -j 2 -y '*' -x '*' -c c0,c1,c2 d.csv -o ref.csv
for signal in INT TERM HUP; do
    rm -f out.csv.partial
    # a job in the background would ignore SIGINT: the default is set again
    python3 - $signal <<'P'
import os, signal, subprocess, sys, time
p = subprocess.Popen(['regsweep', 'run', '--engine', 'exact', '-j', '2', '-y', '*', '-x', '*', '-c', 'c0,c1,c2', 'd.csv', '-o', 'out.csv'],
                     stderr=subprocess.PIPE, preexec_fn=lambda: (os.setsid(), signal.signal(signal.SIGINT, signal.SIG_DFL)))
while p.poll() is None and not (os.path.exists('out.csv.partial') and os.path.getsize('out.csv.partial') > 2000):
    time.sleep(0.001)
begin = time.time()
os.killpg(p.pid, getattr(signal, 'SIG' + sys.argv[1]))
text = p.stderr.read().decode()
print(sys.argv[1], signal.Signals(-p.wait()).name, 'in time' if time.time() - begin < 2.5 else 'late',
      'interrupted' in text, "were written to 'out.csv.partial'" in text)
part = open('out.csv.partial', 'rb').read()
print(os.path.exists('out.csv'), part.endswith(b'\n'), open('ref.csv', 'rb').read().startswith(part))
P
done
