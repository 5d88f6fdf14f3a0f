#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y response -x 'dose,ratio' --columns y,x,n,beta excel-errors.csv
