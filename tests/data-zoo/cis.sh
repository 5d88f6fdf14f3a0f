#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q --pairs @cis.tsv --columns y,x,n,beta -o - cis.csv; echo $?
cut -f 1,2 cis.tsv >pairs.tsv
regsweep run --pairs @pairs.tsv --columns y,x,n,beta -o - -q cis.csv
