#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C: what was written decompresses without complaint, to whole rows.
awk 'BEGIN{srand(3); for(j=0;j<300;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<3000;i++){for(j=0;j<300;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
regsweep run -q --engine exact -j 2 -y '*' -x '*' -c c0,c1,c2 d.csv -o ref.csv
for out in out.csv.gz out.csv.zst; do
    python3 - $out <<'P'
import os, signal, subprocess, sys, time
out = sys.argv[1]
p = subprocess.Popen(['regsweep', 'run', '--engine', 'exact', '-j', '2', '-y', '*', '-x', '*', '-c', 'c0,c1,c2', 'd.csv', '-o', out],
                     stderr=subprocess.PIPE, preexec_fn=lambda: (os.setsid(), signal.signal(signal.SIGINT, signal.SIG_DFL)))
while p.poll() is None and not (os.path.exists(out + '.partial') and os.path.getsize(out + '.partial') > 30000):
    time.sleep(0.001)
os.killpg(p.pid, signal.SIGINT)
text = p.stderr.read().decode()
print(signal.Signals(-p.wait()).name, f"were written to '{out}.partial'" in text)
part = subprocess.run(['gzip' if out.endswith('gz') else 'zstd', '-qdc'], stdin=open(out + '.partial', 'rb'), check=True, capture_output=True).stdout
print(os.path.exists(out), len(part) > 40000, part.endswith(b'\n'), open('ref.csv', 'rb').read().startswith(part))
P
done
