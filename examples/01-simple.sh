#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two dependent columns on every other numeric column: one row a pair. Each
# pair uses the rows that have both values, so n differs.
cd "$(dirname "$0")" || exit 1
regsweep run elements.csv -y melting_k,boiling_k
