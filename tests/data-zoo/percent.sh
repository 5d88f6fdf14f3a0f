#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y turnout -x swing --columns y,x,n,beta percent.csv
regsweep run -q -y turnout -x swing --columns y,x,n,beta --numbers loose percent.csv
