#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run plink-iids.pheno --transposed plink-iids.traw -y 'bmi,height' -x 'rs*' --key IID --key-as iid \
    --columns y,x,n,beta -q
