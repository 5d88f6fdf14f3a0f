#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'y,x,z\n1,2,\n2,,4\n3,5,1\n5,4,2\n4,6,6\n7,9,5\n' >d.csv
for how in pairwise listwise mean fail; do echo $how; regsweep run -y y -x x,z --missing $how d.csv --columns x,n,beta --digits 6 2>&1 | sed 's/ in .*/ in TIME/'; done
echo min-n; regsweep run -q -y y -x x,z --min-n 6 d.csv --columns x,n,status
printf 'y,x\n1,\n,2\n' >e.csv; regsweep run -y y -x x --missing listwise e.csv
