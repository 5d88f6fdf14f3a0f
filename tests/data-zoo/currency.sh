#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y price -x 'cost,margin' --columns y,x,n,beta currency.csv
regsweep run -q -y price -x 'cost,margin' --columns y,x,n,beta --numbers loose currency.csv
