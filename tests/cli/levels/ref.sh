#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --ref: levels by value among numbers, by bytes in text; said in the summary
# and in a database's notes.
cat >d.csv <<'E'
y,sex,a=b,code,z
1,F,u=v,01,3
2,M,w,2,5
4,F,u=v,10,4
3,M,w,2.0,6
5,F,w,1,1
7,M,u=v,10,2
E
run() {
    echo "== $*"
    regsweep run -y y d.csv --columns y,x,level,reference,beta,status "$@" 2>&1 | grep -v ' pairs\? in '
}
run -x sex
run -x sex --ref sex=M
run -x 'a=b' --ref 'a=b=w'
run -x code --factor code --ref code=2.00
run -x sex -c code --factor code --ref code=1e1 --rows terms
run -x sex --ref sex=X
run -x sex --ref sex=m
run -x code --factor code --ref code=two
run -x sex --ref sexx=F
run -x sex --ref M
run -x z --ref sex=F
run -x z,code --ref code=2
run -x sex --ref sex=M --ref sex=F
regsweep run -q -y y d.csv -x sex -c code --factor code --ref code=2 --where 'z<6' -o r.db
regsweep run -q -y y d.csv -x z -o r.db --append
sqlite3 r.db 'SELECT run_id, notes FROM runs' 'SELECT run_id, x, level, reference, df1 FROM fits'
