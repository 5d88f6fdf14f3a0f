#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run expression-matrix.csv --transposed expression-matrix.tsv -y TP53 -x age --key geo
regsweep run expression-matrix.csv --transposed expression-matrix.tsv -y TP53,BRCA1,MYC -x age --key geo \
    --leading 2 --columns y,x,n,beta -q
