#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The table, quiet or not: statuses, a perfect fit, long and odd names.
printf 'y,x,z,c,d,a very long name of a column that is cut in the middle,\303\274n\303\257c\303\266d\303\251-\303\274n\303\257c\303\266d\303\251-\303\274n\303\257,"b\tad"\n1,2,1,4,2,1,2,3\n2,3,0,4,4,4,5,7\n4,5,1,4,8,7,9,11\n3,7,2,4,6,2,1,4\n5,6,1,4,10,5,4,3\n7,6,3,4,14,2,7,6\n' >d.csv
echo "== ASCII" >&2
regsweep run -q --summary -y y,x d.csv -o a.csv
echo "== UTF-8" >&2
LC_ALL=C.UTF-8 regsweep run --summary -y y,x d.csv -o b.csv
cmp a.csv b.csv
