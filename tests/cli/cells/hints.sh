#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
cat >d.csv <<'END'
y,price,share,cost,loss,gap,Smoker,visit,born,half,m n,odd
1,"1,234",12 %,$5,(3)," 7",TRUE,2024-01-31,1/2/2024,"1,5",no,28.4?
2,5,6,7,8,9,0,2,3,4,5,6
END
for y in price share cost loss gap Smoker visit born half 'm n' odd; do regsweep run -q -y "$y" -x y d.csv; done
regsweep run -q -y y -x Smoker d.csv; printf 'y;x\n1;2.5\n2;3\n' | regsweep run -q -d semicolon --decimal , -y x -x y -
