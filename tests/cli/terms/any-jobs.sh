#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# More rows than a slot of the hand-over holds: the bytes do not depend on the
# number of workers. Every pair has its terms, and a dry run knows their size.
awk 'BEGIN { srand(1); printf "g"; for (j = 1; j <= 120; j++) printf ",v%d", j; print "";
    for (i = 0; i < 60; i++) { printf "%d", i % 20; for (j = 1; j <= 120; j++) printf ",%.4f", rand(); print "" } }' >d.csv
run() { regsweep run -q --rows terms -y v1:v60 -x v61:v119 -c g,v120 --factor g d.csv "$@"; }
run -j 1 >a.csv
run -j 3 >b.csv
cmp a.csv b.csv && wc -l <a.csv
cut -d, -f3 a.csv | sort | uniq -c | sort -rn | awk '{ print $1 }' | uniq -c | head -n 3
run --dry-run | sed -n 's/^output *//p' | sed 's/7\.[3-6] MiB/7.5 MiB/'
wc -c <a.csv
