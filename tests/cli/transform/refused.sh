#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'y,a,b,t,w,c,"log(a)"\n1,1,2,q,1,1,5\n2,10,-3,r,1,1,6\n4,100,5,q,1,2,7\n' >d.csv
for transform in 'lo(a)' 'boxcox(a)' log 'log()' '(a)' 'log(a' 'log(zz)' 'log(t)' 'log(c)' \
    'log(w)' 'log(b)' 'log(a)' 'log(@nosuch)' 'log:2(a)' 'winsor(a)' 'winsor:0.5(a)' 'lag:0(a)' \
    'lag:1.5(a)' 'log(a),zscore(y)' 'lo(log(a))' 'log(lo(a))'; do
    regsweep run -y y -x 'a,log(a)' -c t,c --factor c -w w --transform "$transform" d.csv
    echo "$?"
done
# What is text is told by its cell; a pattern passes over it.
regsweep run -y y -x 'a,t' --transform 'log(t)' d.csv; echo "$?"
regsweep run -y t -x a d.csv --transform 'log(t)'; echo "$?"
regsweep run -q -y y -x a -c t,c -w w --transform 'log(!b)' d.csv --columns y,x,n; echo "$?"
