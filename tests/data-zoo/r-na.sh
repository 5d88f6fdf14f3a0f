#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y logFC -x 'AveExpr,adj' --columns y,x,n,beta r-na.csv
