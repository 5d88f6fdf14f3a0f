#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Weights that are counts: as if the rows stood there so often. What is no whole
# number is refused, and so is what draws rows or needs their order.
cat >d.csv <<'END'
y,x,w,v
1,1,2,1
3,2,1,1
2,4,3,1.5
5,5,0,1
4,6,1,1
END
awk -F, 'NR == 1 {print; next} {for (i = 0; i < $3; i++) print}' d.csv >long.csv
try() {
    regsweep run -q -y y -x x --columns all --digits 9 "$@" 2>&1
    echo "$?"
}
try long.csv
try d.csv -w w --weights-are counts
try d.csv -w w --weights-are counts --se hc3 --columns n,df,se
try long.csv --se hc3 --columns n,df,se
try d.csv -w v --weights-are counts
try d.csv --weights-are counts
try d.csv -w w --weights-are counts --bootstrap 50
try d.csv -w w --weights-are counts --se hac --lag 1
