#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
cat >d.csv <<'END'
y,iso,compact,german,english,time,mixed
1,2024-01-31,20240131,31.1.2024,31-Jan-2024,2024-01-31T18:00,2024-01-31
2,2024-02-29,20240229,29.02.2024,29 February 2024,2024-01-31 18:00:00Z,1/2/2024
3,NA,NA,n/a,"Mar 1, 2024",2024-01-31T19:00+01:00,2024-02-01
4,1969-12-31,19691231,31.12.1969,31DEC1969,1970-01-01T00:00,2024-02-02
END
regsweep describe -q d.csv; regsweep describe -q --dates 'iso:mixed' d.csv
regsweep run -q -y y -x 'iso,time' --dates 'iso,time' --columns y,x,n d.csv
regsweep run -q -y mixed -x y --dates mixed d.csv
regsweep run -q -y y -x iso --dates iso --where "iso >= '2024-02-01'" d.csv
regsweep run -q -y y -x time --dates 'iso,time' --where 'iso >= 19753' --columns n d.csv
printf 'y,x\n1,2024-01-31\n2,19753\n3,20240201\n' | regsweep run -q -y x -x y --dates x -
