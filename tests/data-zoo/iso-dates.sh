#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y weight -x visit --columns y,x,n,beta iso-dates.csv
regsweep run -q -y weight -x visit --columns y,x,n,beta --dates visit iso-dates.csv
