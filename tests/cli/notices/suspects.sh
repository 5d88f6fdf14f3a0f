#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What looks unmeant is warned of once, with what to type, which works.
{ echo 'id,Unnamed: 0,year,died,name,visit,y,age'
for i in $(seq 24); do
    echo "$((1000 + 7 * i)),$((i - 1)),$((1990 + i)),$((i % 2)),n$i,2020-0$((1 + i % 3))-1$((i % 9)),$((i * i % 17)).5,$((20 + i))"
done; } >d.csv
told() { regsweep run "$@" -o /dev/null 2>&1 | grep warning || echo nothing; }
told d.csv -y y
told d.csv -y y -x '!id,!Unnamed: 0'
told d.csv -y '*' -x age
told d.csv -y y -x id,age
told d.csv -y y -x '*'
told d.csv -y y -x '*' -x '!name' -x '!id,!Unnamed: 0' --dates visit
told d.csv -y y -x age -c name,visit
told d.csv -y died -x age
told d.csv -y died -x age --se hc3
echo "== columns of the same name"
sed '1s/age/y2/;1s/year/y2/' d.csv >twins.csv
told twins.csv -y y -x '!id,!Unnamed: 0'
regsweep run twins.csv -y y -x 'y2' 2>&1
regsweep run twins.csv -y y -x 'y*' 2>&1
regsweep run -q twins.csv -y y -x 'd*,y*,!y2' --columns y,x,n
regsweep run twins.csv -y y --columns y,x,n,status 2>&1 | grep 'y2\|twins'
echo "== a column without a name"
awk -F, -v OFS=, '{ $1 = NR > 1 ? NR - 1 : "" } 1' d.csv >rows.csv
told rows.csv -y y -x '*' -x '!Unnamed: 0,!name,!visit' 2>&1
told rows.csv -y y -x '*' -x '!Unnamed: 0,!name,!visit,!'
sed 's/,[^,]*$//;1s/^id/code/;1s/,name/,/' d.csv >texts.csv
told texts.csv -y y -x '*' -x '!Unnamed: 0,!visit'
echo "== numbers in another writing"
printf 'y,income,share,code\n1,"1,200","5 %%",A-1\n2,"12,500",6,A-2\n4,NULL,"7 %%",A-1\n3,"1,200","5 %%",A-2\n5,"3,000",9,A-1\n' >written.csv
told written.csv -y y -x income,code -c share
told written.csv -y y -x income,code -c share --factor income,share
told written.csv -y y -x income,code -c share --numbers loose
