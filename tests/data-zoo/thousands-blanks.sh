#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y skatt -x folkmängd --columns y,x,n,beta -d semicolon --decimal , --numbers loose thousands-blanks.csv
