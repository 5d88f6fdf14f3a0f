#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y;x\n1,5;1\n2,5;2\n3;4\n2;3\n" >d.csv
regsweep run -q -y y -x x --decimal , d.csv
