#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run plink-traw.csv plink-traw.traw -y bmi -x 'rs*'
regsweep run plink-traw.csv --transposed plink-traw.traw -y bmi -x 'rs*'
regsweep run plink-traw.csv --transposed plink-traw.traw -y bmi -x 'rs*' --key IID
regsweep run plink-traw.csv --transposed plink-traw.traw -y bmi -x 'rs*' --key IID --key-as iid \
    --columns y,x,n,beta -o - --progress never 2>&1 >fits | grep -v ' pairs in '
cat fits
