#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y BETA -x BP plink-assoc.linear
regsweep run -q --columns y,x,n,beta -o - -y BETA -x BP,STAT -d blanks plink-assoc.linear
