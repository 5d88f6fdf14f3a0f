#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y deaths -x 'population,income' --columns y,x,n,beta thousands.csv
regsweep run -q -y deaths -x 'population,income' --columns y,x,n,beta --numbers loose thousands.csv
