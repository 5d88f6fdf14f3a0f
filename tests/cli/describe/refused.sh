#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'a,b\n1,2\n2,5\n' >d.csv
regsweep describe d.csv --format json
regsweep describe d.csv --only c
regsweep describe d.csv -x b
regsweep describe
