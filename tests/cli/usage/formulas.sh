#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A formula is said in options, wherever it stands; a column may be called so.
printf 'y,x,z,a~b\n1,2,3,4\n2,3,4,5\n5,3,1,2\n7,8,1,1\n' >t.csv
export HOME=$PWD # what a shell makes of a ~ by itself
run() { regsweep run t.csv "$@" 2>&1 | head -n 1; }
run 'y ~ x + z'
run -y 'y ~ x + z'
run -y 'y~x'
run y ~ x + z
run -y y ~ x + z
run -y y x~z
run -y 'y ~ x * z'
run -y 'log(y) ~ x + C(z)'
run -y 'y ~ x + (1|z)'
run --formula 'y ~ x'
regsweep run t.csv -y 'a~b' -x x -q --columns y,x,n
