#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y score -x depth --columns y,x,n,beta python-none.csv
