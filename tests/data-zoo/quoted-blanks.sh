#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y weight -x height --columns y,x,n,beta quoted-blanks.csv
regsweep run -q -y weight -x height --columns y,x,n,beta --numbers loose quoted-blanks.csv
