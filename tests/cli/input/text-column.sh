#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A cell or two that are no numbers are taken for mistakes.
printf "y,x,z,t\n1,2,1,1\n2,3,0,28.4?\n4,5,1,x\n3,7,2,3\n5,6,1,NA\n" >d.csv
regsweep run -y y -x x,t d.csv
