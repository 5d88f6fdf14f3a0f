#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Errors of a survey. svyglm() of R's survey gives x the standard errors
# 0.206164, of the domain `part` 0.164867; with one PSU alone in its stratum
# 0.189877 (remove), 0.208904 (adjust; the intercept 0.75215), 0.232551
# (average).
cat >d.csv <<'END'
y,x,w,s,u,lone,part
1.5,1,1,a,1,a,1
2.5,2,2,a,1,a,2
2.0,4,1,a,2,a,4
4.5,3,3,a,2,a,3
4.0,6,1,b,1,b,6
6.5,5,2,b,1,b,
3.5,2,2,b,2,b,
5.0,7,1,b,2,b,
2.0,3,1,c,1,c,3
1.0,1,2,c,2,c,1
END
try() {
    echo "$*:"
    regsweep run -q d.csv -y y -w w --columns x,n,df,beta,se,p,status --digits 6 "$@" 2>&1
}
try -x x --survey --strata s --psu u
try -x part --survey --strata s --psu u
try -x x --survey --strata s
sed -i 's/,c,2,c/,c,1,c/' d.csv
for how in fail remove certainty adjust average; do
    try -x x --survey --strata s --psu u --lonely $how
done
try -x x --survey --strata s --psu u --lonely adjust --rows terms
try -x x --survey --psu u
try -x x --survey --se hc3
try -x x --strata s
try -x x --se survey
try -x x --survey --weights-are counts
# rows that --where leaves out stay in the design, by a weight of 0
try -x x --survey --strata s --where "s = 'a'"
regsweep run -q d.csv -y y -x x --survey --strata s --where "s = 'a'"
try -x x --survey --permute 9
try -x x --survey --bootstrap 50
