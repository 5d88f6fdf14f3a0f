#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y weight -x 'age,height' unicode.txt
iconv -f UTF-16 -t UTF-8 unicode.txt >unicode.csv
regsweep run -y weight -x 'age,height' --columns y,x,n,beta -o - -q unicode.csv
