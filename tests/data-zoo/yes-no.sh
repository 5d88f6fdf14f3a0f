#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y diabetes -x 'insured,glucose' --columns y,x,n,beta yes-no.csv
regsweep run -q -y diabetes -x 'insured,glucose' --columns y,x,n,beta --truth 'diabetes,insured' yes-no.csv
