#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y bmi -x age r-write-table.txt
regsweep run -q --columns y,x,n,beta -o - -y bmi -x age -d blanks --row-names id r-write-table.txt
