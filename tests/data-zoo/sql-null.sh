#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y amount -x quantity --columns y,x,n,beta sql-null.csv
