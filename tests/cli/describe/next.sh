#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The sweep that is offered: quoted as a shell wants it, broken before options,
# without what it could not name.
cat >"it's a file.txt" <<'D'
# a comment
weight, kg;it's high;!no;@list;sex at birth, as told by the mother in the interview
1,5;2;3,5;1,5;F
2,5;3;4,5;2,5;M
3,1;5;1,5;3,5;F
4,2;1;2,5;4,5;M
2,2;4;0,5;5,5;F
D
regsweep describe "it's a file.txt" --comment '#' --decimal , -d ';' --na +x 2>/dev/null | sed -n '/^A sweep/,$p' >next
cat next
# shellcheck disable=SC1090
. <(sed '1d; $s/$/ -q --columns y,x,n/' next)
echo "== not by a name that two columns have"
printf 'a,a,b,c\n1.5,2,3,4\n2,3,4,6\n4,5,6,1\n5,4,3,2\n' >t.csv
regsweep describe t.csv 2>/dev/null | tail -1
echo "== nor with what a terminal would obey"
regsweep describe t.csv --na $'+\e[31m' 2>/dev/null | tail -1
echo "== nothing to sweep"
printf 'a,b\nx,1\ny,1\n' >d.csv
regsweep describe d.csv
echo "== not where notes are not wanted"
regsweep describe -q "it's a file.txt" --comment '#' --decimal , | tail -1
