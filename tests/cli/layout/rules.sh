#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What does not go together, or means nothing.
printf 'a b\n1 2\n2 3\n3 5\n' >d.txt
printf '|a|b\n|1|2\n' >p.txt
try() { regsweep run -y a -o - -q "$@" 2>&1 | grep -v '^regsweep: try'; }
try -d blanks --trailing-delimiter d.txt
try --no-header --row-names id d.txt
try --comment '' d.txt
try --comment ' #' d.txt
try --comment '"' d.txt
try --comment '|' p.txt
try --skip 0 d.txt
try --skip 4 d.txt
try --skip 1 -d blanks d.txt
try --decimal blanks d.txt
regsweep bench --size 10x10 --skip 1 2>&1 | head -n 1
regsweep bench --size 10x10 -d blanks 2>&1 | head -n 1
