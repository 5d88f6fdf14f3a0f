#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y Quote -x 'Einwohner,Einkommen' --columns y,x,n,beta -d semicolon --decimal , thousands-european.csv
regsweep run -q -y Quote -x 'Einwohner,Einkommen' --columns y,x,n,beta -d semicolon --decimal , --numbers loose thousands-european.csv
