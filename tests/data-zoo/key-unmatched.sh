#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run key-unmatched.csv key-unmatched.tsv -y y -x x --columns y,x,n,beta 2>&1 >fits | grep -v ' pair in '
cat fits
