#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The best are those of the pairs that are written; p far below the least
# double; nothing to test at all.
printf "y,x,z,c,d\n1,2,1,4,2\n2,3,0,4,4\n4,5,1,4,8\n3,7,2,4,6\n5,6,1,4,10\n7,6,3,4,14\n" >d.csv
for options in "--p-max 0.15" "--top 2" "--p-max 1e-300" "-x c" "--rows terms"; do
    echo "== $options" >&2
    # shellcheck disable=SC2086  # words
    regsweep run -q --summary $options -y y,x d.csv -o out.csv -f
done
awk 'BEGIN { print "y,x"; for (i = 1; i <= 2000; i++) print i + (i % 3) / 50 "," i }' >e.csv
echo "== a small p" >&2
regsweep run -q --summary -y y -x x e.csv -o out.csv -f 2>err
tail -n 2 err >&2
cat out.csv
