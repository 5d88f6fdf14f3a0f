#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two runs cannot share an output.
printf 'y,x\n1,2\n2,3\n5,1\n' >d.csv
exec 9>out.csv.partial
python3 - <<'P'
import fcntl, subprocess
f = open('out.csv.partial', 'w')
fcntl.flock(f, fcntl.LOCK_EX)
print(subprocess.run(['regsweep', 'run', '-q', '-y', 'y', '-x', 'x', 'd.csv', '-o', 'out.csv']).returncode)
P
regsweep run -q -y y -x x d.csv -o out.csv; ls
