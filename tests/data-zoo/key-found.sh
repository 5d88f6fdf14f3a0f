#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run key-found.csv key-found.tsv -y life -x 'gdp,area' --columns y,x,n,beta 2>&1 >fits | grep -v ' pairs in '
cat fits
