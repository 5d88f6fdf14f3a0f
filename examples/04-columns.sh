#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Patterns (*_k), ranges (weight:block, of which block is text and enters as
# categories) and exclusions (!period); tab-separated, with the p-value as a
# logarithm.
cd "$(dirname "$0")" || exit 1
regsweep run -q elements.csv -y '*_k' -x 'weight:block,density,!period' \
    --columns +neg_log10_p,-p --format tsv --digits 5
