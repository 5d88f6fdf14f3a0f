#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every line is data, the first one too; samples have no names.
printf 'y,1,2,4,3,5\nx,2,3,5,7,6\nz,1,0,1,2,1\n' >d.csv
regsweep run --transpose --no-header -q -y y -x '*' d.csv
regsweep describe --transpose --no-header d.csv
regsweep run --transpose --no-header -y y d.csv d.csv
echo "exit status $?"
