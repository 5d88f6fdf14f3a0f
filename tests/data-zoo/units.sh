#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y weight -x age units.csv
sed 2d units.csv | regsweep run -q --columns y,x,n,beta -o - -y weight -x age -
