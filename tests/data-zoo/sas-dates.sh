#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y stay -x admitted --columns y,x,n,beta --dates admitted sas-dates.csv
