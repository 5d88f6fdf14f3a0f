#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep describe trailing-both.csv
regsweep describe --trailing-delimiter trailing-both.csv
regsweep run -q --columns y,x,n,beta -o - -y weight -x age --trailing-delimiter trailing-both.csv
