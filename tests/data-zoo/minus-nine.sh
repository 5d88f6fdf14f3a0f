#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep describe -q minus-nine.csv
regsweep run -q -y bmi -x 'phq9,gpa' --columns y,x,n,beta --na +-9 minus-nine.csv
