#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y systolic -x alcohol --columns y,x,n,beta unknown-code.csv
regsweep run -q -y systolic -x alcohol --columns y,x,n,beta --na '+?' --na alcohol=+99 unknown-code.csv
