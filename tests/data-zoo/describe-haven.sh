#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Stata: labels of columns, words for numbers; the sweep that is offered.
cp "$ZOO/stata.dta" .
regsweep describe stata.dta | tee out
# shellcheck disable=SC1090
. <(sed -n '$s/$/ -q --columns y,x,n,beta/p' out)
