#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Text columns that are left out are named in a note, with what would take
# them; --no-notes hides notes, -q the summary too.
{ echo y,site,code,,z; for i in $(seq 12); do echo "$((i * 7 % 11)),s$((i % 2)),c$i,$i,$((i * i))"; done; } >d.csv
told() { regsweep run "$@" -o /dev/null 2>&1 | grep -v 'worker'; }
told d.csv -y y
told d.csv -y '#1:#3' -x z
told d.csv -y y -x '*,!#4,!y' --max-levels 5
told d.csv -y y --no-notes
told d.csv -y y -q || echo nothing
python3 - >many.csv <<END
print("y,z," + ",".join(f"t{k + 1}" for k in range(12)))
for i in range(1, 5):
    print(f"{i},{i * i}" + ",a" * 12)
END
told many.csv -y y
told many.csv -y y -v | grep 'left out'
