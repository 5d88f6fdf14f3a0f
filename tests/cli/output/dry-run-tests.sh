#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What --dry-run says is all of it: both passes, permutations, the bootstrap,
# and no more rows than --top writes.
awk 'BEGIN{srand(3); for(j=0;j<60;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<100;i++){for(j=0;j<60;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
dry() {
    regsweep run -n d.csv -y '*' -x '*' -j 1 "$@" |
        grep -E '^(memory|output|time)' | sed -E 's/[0-9.:]+ (KiB|MiB|B|s|min|bytes)/NUMBER/g; s/(reading|preparing|adjusting|fitting|writing) NUMBER,? ?//g'
}
dry --adjust bh
dry --permute 9999
dry --q-max 0.1 --bootstrap 1000
regsweep run -n d.csv -y '*' -x '*' --top 2 --digits 3 | awk '/^output/ { print $1, $5 < 500 && $6 == "bytes" ? "of two rows" : $0 }'
regsweep run -n d.csv -y '*' -x '*' -j 1 --bootstrap 1000000 | grep -cE '^time +about .*(min|h) '
