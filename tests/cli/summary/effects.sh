#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where there is no slope, the list shows what there is.
printf 'y,x,g\n1,2,a\n2.5,1,b\n2,4,c\n5,3,a\n3,6,b\n9,5,c\n4,9,a\n12,7,b\n6,8,c\n15,11,a\n' >d.csv
run() { regsweep run -q --summary d.csv -y y "$@" 2>&1 >/dev/null | sed -n '/best/,$p'; }
run -x x,g
run -x x -m kendall
