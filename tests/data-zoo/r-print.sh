#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y bmi -x age r-print.txt
regsweep run -q --columns y,x,n,beta -o - -y bmi -x age -d blanks --row-names row r-print.txt
