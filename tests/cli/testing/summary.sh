#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is said of adjustments, and that rows agree: in a database with the rows
# of terms, under other names, and for the best pairs.
awk 'BEGIN{srand(7); for(j=0;j<12;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<40;i++){z=rand(); for(j=0;j<12;j++) printf "%s%.4f", (j?",":""), rand()+(j%3==0?z:0); print ""}}' >d.csv
regsweep run -y 'c0:c5' -x 'c6:c11' d.csv --adjust bh,storey --family y --m-eff --permute 20 -o a.csv 2>&1 |
    sed 's/ in [0-9.]* m\{0,1\}s (.*/ in T/'
head -n 3 a.csv
regsweep run -q -y 'c0:c5' -x 'c6:c11' d.csv --adjust bh,storey --family y --permute 20 --rows both -o a.db
sqlite3 -header -csv a.db "SELECT y, x, p_bh, q, p_perm, (SELECT count(*) FROM terms t WHERE t.y = f.y AND t.x = f.x) AS terms FROM fits f LIMIT 3"
sqlite3 a.db "SELECT count(*) FROM terms WHERE term = x"
regsweep run -q -y 'c0:c5' -x 'c6:c11' d.csv --adjust bh --top 2 --naming plink
regsweep run -q -y 'c0:c5' -x 'c6:c11' d.csv --q-max 0.2 --columns y,x,p_bh
regsweep run -q -y 'c0:c5' -x 'c6:c11' d.csv --bootstrap 50 --seed 3 -j 1 -o b1.csv
regsweep run -q -y 'c0:c5' -x 'c6:c11' d.csv --bootstrap 50 --seed 3 -j 4 -o b4.csv
cmp b1.csv b4.csv && head -n 2 b1.csv
# of a list with itself each pair is one test; nothing follows for matched pairs
for pairs in all unique matched; do
    x=c0:c5
    if [ $pairs = matched ]; then x=c6:c11; fi
    regsweep run -y c0:c5 -x $x d.csv --pairs $pairs --m-eff 2>&1 >/dev/null |
        grep m-eff
done
