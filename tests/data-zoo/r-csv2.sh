#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q --columns y,x,n,beta -o - -y bmi -x age --decimal , r-csv2.csv
