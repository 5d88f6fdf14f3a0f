#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y temp -x wind titled-blanks.txt
regsweep run -q --columns y,x,n,beta -o - -y temp -x wind --skip 2 -d blanks titled-blanks.txt
