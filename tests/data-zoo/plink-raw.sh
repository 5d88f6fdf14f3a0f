#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y PHENOTYPE -x "rs*" plink-raw.raw
regsweep run -q --columns y,x,n,beta -o - -y PHENOTYPE -x "rs*" -d blanks plink-raw.raw
