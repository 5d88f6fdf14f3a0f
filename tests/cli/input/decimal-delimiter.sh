#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A decimal comma is no delimiter, given or found.
printf 'x,y,z\n27,82,18,42,25,73\n67,70,93,58,36,22\n72,13,59,65,87,10\n67,44,39,85,23,50\n' >c.csv
regsweep run -q -y z -x x,y --decimal , c.csv; echo "status $?"
regsweep run -q -y z -x x --decimal , c.csv; echo "status $?"
regsweep run -q -y z -x x --decimal , -d , c.csv; echo "status $?"
regsweep describe -q --decimal , c.csv; echo "status $?"
printf '1,5;2,5\n3,5;4,5\n1,0;7,7\n' | regsweep describe -q --no-header --decimal , -
printf 'x\n1,5\n2,5\n' | regsweep describe -q --decimal , -
