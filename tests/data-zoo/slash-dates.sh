#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y visit -x score --columns y,x,n,beta slash-dates.csv
regsweep run -q -y visit -x score --columns y,x,n,beta --dates visit slash-dates.csv
