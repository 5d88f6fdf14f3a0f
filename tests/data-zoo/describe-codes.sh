#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Codes, -9 for missing, NULL among words, respondents' numbers.
regsweep describe describe-codes.csv
regsweep describe describe-codes.csv -q --na +-9,NULL --format csv | cut -d, -f1,3-9
