#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No option is taken in and then without effect; what cannot be done is said
# before any work, and by --dry-run too.
printf 'a,b,c\n1,2,3\n2,5,1\n3,5,2\n4,9,NA\n6,8,3\n' >t.csv
try() {
    regsweep run -q t.csv -y b -x a "$@" || echo "$? $*"
}
try --seed 1
try --test-memory 1024
try --family all
try --conf-level 0.95
try --conf-level 0.95 --columns +ci,-ci_low >/dev/null
try --conf-level 0.95 --rows terms --columns term,ci_low >/dev/null
try --adjust bh,holm --columns y,x,p_bh
try --adjust bh --columns -p_bh
try --adjust bh,holm --q-max 0.5 --columns y,x,p_bh
try --q-max 0.5 --columns y,x,p >/dev/null
try --permute 9 --columns y,x,p
try --bootstrap 20 --columns y,x,p
try --bootstrap 20 --conf-level 0.9 --columns bca_low >/dev/null
try -o m.npy --columns beta --adjust bh
try -o m.npy --columns beta --naming broom
for more in '' -n; do
    try -y c --adjust bh --permute 9 $more
done
