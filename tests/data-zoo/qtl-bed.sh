#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run qtl-bed.csv --transposed qtl-bed.bed -y 'ENSG*' -x dose --key sample --columns y,x,n,beta -q
