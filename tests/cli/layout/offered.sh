#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A file that is refused, or lacks a column: how it seems to be meant.
try() { printf "$1" >d.txt; regsweep run -y b -x a -o - -q "${@:2}" d.txt 2>&1 | grep -v '^regsweep: try'; }
try 'a;b\n1;2;\n2;3;\n'
try 'a;b;\n1;2\n2;3\n'
try 'a,b\nr1,1,2\nr2,2,3\n'
try '"a" "b"\n"r1" 1 2\n"r2" 2 3\n'
try 'A title\na,b\n1,2\n2,3\n'
try 'A title\nmore\na,b\n1,2\n2,3\n' --skip 1
try '# by me\na,b\n1,2\n2,3\n'
try '# by "me\na,b\n1,2\n2,3\n'
try '##by me\n#a\tb\n1\t2\n2\t3\n'
try ' a  b\n 1  2\n 2  3\n'
try 'a^b\n1^2\n2^3\n'
try 'sep=;\r\na;b\r\n1;2\r\n'
try '"sep=\t"\na\tb\n1\t2\n'
try 'sep=,\na,b\n1,2\n' --skip 1 --columns y,x,n
try 'a,b\n1,2\n3\n'
try 'a,c\n1,2\n3,4\n'
try 'a,c\nr1,1,2\nr2,2,3\n' --row-names id # is asked for already
