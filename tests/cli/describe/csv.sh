#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'a,"b,c",d\n1,x,inf\n2.5,,3\n,y,1e400\n' >d.csv
regsweep describe -q --format csv d.csv; regsweep describe -q --format tsv d.csv
