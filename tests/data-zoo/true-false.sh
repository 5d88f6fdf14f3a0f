#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y smoker -x bmi --columns y,x,n,beta true-false.csv
regsweep run -q -y smoker -x bmi --columns y,x,n,beta --truth smoker true-false.csv
