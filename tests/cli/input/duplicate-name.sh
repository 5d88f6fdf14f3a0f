#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,x\n1,2,3\n2,3,1\n5,1,1\n" >d.csv
regsweep run -y y -x x d.csv
