#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Joined with text, by the texts of the keys: numbers are written shortest.
zoo=$(dirname "$0")/../../data-zoo
cp "$zoo/nhanes.xpt" .
printf 'SEQN;lab\n130001;1,5\n130002;2\n130003;0\n130007;4\n999;1\n' >lab.csv
regsweep run -y lab -x BMXBMI nhanes.xpt lab.csv --key SEQN --decimal , --columns y,x,n -q
# keys that are missing or not alone
regsweep run -y lab -x SEQN nhanes.xpt lab.csv --key BMXBMI -q
sed 's/SEQN/RIAGENDR/' lab.csv >by.csv
regsweep run -y lab -x BMXBMI nhanes.xpt by.csv --key RIAGENDR -q
