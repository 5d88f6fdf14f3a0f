#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Weights, strata, PSUs, clusters, groups and the order of rows are in no list
# that does not name them.
{ echo y,x,w,g,st,psu,t
for i in $(seq 24); do echo "$((i * 7 % 11)),$((i * i % 13)),$((1 + i % 3)),$((i % 2)),$((i % 4)),$i,$i"; done; } >d.csv
x() { regsweep run -q d.csv -y y "$@" --columns x | sort -u | paste -sd' '; }
x -x '*' -w w
x -x '*' --group g
x -x '*' --survey --strata st --psu psu -w w
x -x '*' --se cluster --cluster st
x -x '*' --se hac --lag 2 --time t
x -x '*,w' -w w
x -x '!t' -w w
regsweep run -q d.csv -y '*' -x x -w w --columns y | paste -sd' '
