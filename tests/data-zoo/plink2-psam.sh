#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y BMI -x AGE plink2-psam.psam
regsweep run -q --columns y,x,n,beta -o - -y BMI -x AGE --comment '##' plink2-psam.psam
