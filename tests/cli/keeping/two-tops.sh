#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run --top 1 --top-per-y 1 -y y d.csv; echo "$?"
regsweep run --top-per-y 1 --top-per-x 1 -y y d.csv; echo "$?"
regsweep run --top-per-x 1 --top 1 -y y d.csv; echo "$?"
