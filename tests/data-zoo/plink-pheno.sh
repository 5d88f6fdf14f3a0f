#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run plink-pheno.pheno --transposed plink-pheno.traw -y 'bmi,height' -x 'rs*' --key IID --key-as iid \
    --columns y,x,n,beta -q
