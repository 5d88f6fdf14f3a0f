#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x\n1,-9\n2,3\n5,4\n6,7\n8,NA\n" >d.csv
regsweep run -q --na -9,NA -y y d.csv --columns n; regsweep run -q --na -9 -y y -x x d.csv
