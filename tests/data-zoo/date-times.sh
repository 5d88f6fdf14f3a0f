#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y celsius -x at --columns y,x,n,beta --dates at date-times.csv
