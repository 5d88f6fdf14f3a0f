#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# libreadstat is wanted by its files alone.
zoo=$(dirname "$0")/../../data-zoo
mkdir lib
echo "no library" >lib/libreadstat.so.1
export LD_LIBRARY_PATH=$PWD/lib
cp "$zoo/stata.dta" "$zoo/plain.csv" .
regsweep run -q -y bmi -x age stata.dta
echo "exit status $?"
regsweep run -q -y weight -x age plain.csv --columns y,x,n
