#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Which columns are categorical x: text by name and by pattern, what --factor
# names, and not columns of numbers with a bad cell.
cat >d.csv <<'E'
id,y,sex,site,age,code,bmi
a1,1.5,F,B,20,1,28.1
a2,2.5,M,A,30,2,28.4?
a3,3.1,F,C,41,1,25
a4,2.2,M,A,35,3,22
a5,5,F,B,28,2,21
a6,4.1,M,C,33,3,20
a7,3.3,NA,C,52,1,24
E
run() {
    echo "== $*"
    regsweep run -y y d.csv --columns y,x,level,reference,n,df1,status "$@" 2>&1 |
        grep -v -e ' pairs\? in ' -e '^regsweep: try'
}
run -x sex,age
run -x 's*'
run -x id
run -x 'i*,s*' --max-levels 2
run
run -x bmi
run -x 'b*,age'
run -x bmi --factor bmi
run --factor code,site
run -x age --factor y
run -x age --factor site
run -x sex --factor sex -c code
echo "== shown by default where some x is categorical"
for x in age sex,age; do
    regsweep run -q -y y d.csv -x "$x" | head -1
    regsweep run -q -y y d.csv -x "$x" --columns +df | head -1
    regsweep run -q -y y d.csv -x "$x" --rows terms -c age | head -1
done
regsweep run -q -y y d.csv -x sex,site --format jsonl --columns y,x,level,reference
echo "== what takes numbers as x alone"
for with in '-m spearman' '--poly 2' '--missing mean'; do
    # shellcheck disable=SC2086  # an option and its value
    regsweep run -q -y y -x sex d.csv $with 2>&1 | head -1
done
run -x '!y' --poly 2
