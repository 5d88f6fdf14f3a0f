#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
for v in 0 1 2 -0.1 abc nan ""; do regsweep run --p-max "$v" -y y d.csv; echo "$?"; done
for v in 0 1 1.5 -1 abc; do regsweep run --r2-min "$v" -y y d.csv; echo "$?"; done
for v in 0 -1 1.5 100000001 abc; do regsweep run --top "$v" -y y d.csv; echo "$?"; done
regsweep run --top-per-y 0 -y y d.csv; echo "$?"
regsweep run --top-per-x 1000001 -y y d.csv; echo "$?"
