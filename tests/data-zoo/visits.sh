#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
for file in visits.xpt visits.sav visits.dta; do
    regsweep describe -q "$file"
    regsweep run -y weight -x seen,at -q "$file" --columns y,x,n,p
done
