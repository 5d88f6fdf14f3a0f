#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --strict makes warnings errors: those known before the sweep leave no output,
# whatever -q says; those of results leave it whole.
{ echo id,y,x; for i in $(seq 15); do echo "$i,$((i * 7 % 11)),1"; done; } >d.csv
regsweep run d.csv -y y --strict -o a.csv; echo "$?"
regsweep run d.csv -y y --strict -q -o b.csv; echo "$?"
ls
regsweep run d.csv -y y -x x --strict -q -o c.csv; echo "$?"
cat c.csv
regsweep run d.csv -y y -x id --strict -q -o d2.csv; echo "$?"
