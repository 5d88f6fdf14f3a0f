#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
for v in 0 -1 1e3 9999999999 abc ""; do regsweep run -j "$v" -y y d.csv; echo "$?"; done
regsweep run --conf-level 1 -y y d.csv; echo "$?"
regsweep run --digits 18 -y y d.csv; echo "$?"
regsweep run --pairs some -y y d.csv; echo "$?"
regsweep run --delimiter xx -y y d.csv; echo "$?"
regsweep run --decimal x -y y d.csv; echo "$?"
regsweep run -q -v -y y d.csv; echo "$?"
