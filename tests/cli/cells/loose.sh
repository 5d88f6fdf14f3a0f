#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
cat >d.csv <<'END'
y,thousands,part,price,blanks,swiss
1,"1,234.5",12 %,$5,"  7",1'000
2,"1,234,567",0.5%,€ 1.50," NA ",2'345.5
3,12,-3 %,-£2,8 ,999
4,1.234,1,($4.5),"",12'345
END
regsweep describe -q d.csv; regsweep describe -q --numbers loose d.csv
printf 'y;x\n1;1.234,5\n2;1.234\n3;1,234\n4;5 %%\n' | regsweep describe -q -d semicolon --decimal , --numbers loose -
echo 'levels are numbers'; printf 'y,x\n1,"1,000"\n2,1000\n4,1000.0\n3,5%%\n6,0.05\n' | regsweep run -q -y y -x x --factor x --numbers loose --rows terms --reference-rows --columns term,n_level -
echo 'what has no groups of three stays text'; printf 'y,x\n1,"1,23"\n2,"0,123"\n3,4\n' | regsweep describe -q --numbers loose --format tsv - | cut -f1,2,11-13
