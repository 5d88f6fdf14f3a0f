#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A column that several files have is the first one's where nobody names it.
printf 'FID,IID,bmi,age\n1,k1,24.5,41\n1,k2,21.2,29\n2,k3,29.4,57\n3,k4,27.1,62\n' >a.csv
printf 'FID,IID,sex,age,pc\n9,k4,F,1,0.1\n9,k3,M,1,0.5\n9,k2,F,1,0.4\n9,k1,M,1,0.2\n' >b.csv
printf 'IID\tFID\tgene\nk1\t8\t3\nk2\t8\t4\nk3\t8\t6\nk4\t8\t4\n' >c.tsv
try() { regsweep run --key IID --columns y,x,n,beta -o - "$@" || echo "exit status $?"; }
try -y bmi a.csv b.csv c.tsv 2>&1 | grep -v worker
try -q -y bmi -x 'a*' -c sex a.csv b.csv
try -q -y bmi -x '!FID' a.csv c.tsv
for words in '-x age' '-x FID:age -c age' '-x pc -c age' '-x pc --where age>1' '-x pc --group FID' '-x pc --na age=NA' \
    '-c sex --ref age=1' '-x pc --transform log(age)' '-x pc --weights-for bmi=age'; do
    # shellcheck disable=SC2086
    try -q -y bmi $words a.csv b.csv
done
printf 'y,x\nbmi,pc\nbmi,age\n' >pairs.csv
try -q --pairs @pairs.csv a.csv b.csv
regsweep run -y bmi a.csv b.csv
regsweep describe --only 'a*' --key IID a.csv b.csv
