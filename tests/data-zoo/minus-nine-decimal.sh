#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y bmi -x 'phq9,change' --columns y,x,n,beta --na bmi=+-9 --na phq9=+-9 minus-nine-decimal.csv
