#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y BMI -x AGE plink-pheno.pheno
regsweep run -q --columns y,x,n,beta -o - -y BMI -x AGE -d blanks --na=-9 plink-pheno.pheno
