#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Levels are in the order of what they stand for, the reference is the first;
# --ref and --where take labels.
zoo=$(dirname "$0")/../../data-zoo
cp "$zoo/spss.sav" .
regsweep run -y bmi -x sex --ref sex=Female --where 'smoke != "Never"' spss.sav --columns y,x,level,reference,n -q
regsweep run -y bmi -x age -g sex spss.sav --columns y,x,n -q
regsweep run -y bmi -x 'a*,s*' spss.sav --columns y,x,n -q
regsweep run -y bmi -x 'a*,s*' spss.sav --columns y,x,n -q --no-labels
