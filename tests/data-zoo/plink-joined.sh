#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y BMI -x 'PC*' -d blanks --na=-9 plink-joined.pheno plink-joined.covar
regsweep run -q -y BMI -x 'PC*' -d blanks --na=-9 --key IID --columns y,x,n,beta -o - \
    plink-joined.pheno plink-joined.covar
