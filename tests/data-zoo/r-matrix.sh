#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y g1 -x g2 --transpose r-matrix.tsv
regsweep run -q --columns y,x,n,beta -o - -y g1 -x g2,g3 --transpose --row-names gene r-matrix.tsv
