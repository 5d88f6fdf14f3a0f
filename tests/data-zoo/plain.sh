#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y weight -x 'age,height' --columns y,x,n,beta -o - -q plain.csv
