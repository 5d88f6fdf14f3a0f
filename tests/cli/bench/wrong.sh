#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'y,x\n1,2\n3,4\n4,1\n' >d.csv
try() {
    regsweep bench "$@"
    echo "$?"
}
try --size 10,5
try --size 10,0,5
try --size 10,5,5x
try d.csv
try d.csv -y y --size 10,5,5
try d.csv d.csv -y y
try - -y y
try absent.csv -y y
try . -y y
try -y y
try -d ';'
try -o -
try d.csv -y z
try d.csv -y y --model none
try --size 10,3,2 --pairs matched
