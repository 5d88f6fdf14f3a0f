#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y income -x change --columns y,x,n,beta accounting.csv
regsweep run -q -y income -x change --columns y,x,n,beta --numbers loose accounting.csv
