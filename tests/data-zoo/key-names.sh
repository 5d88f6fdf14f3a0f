#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run key-names.csv key-names.tsv -y score -x age,crp --key id
regsweep run key-names.csv key-names.tsv -y score -x age,crp --key id=Subject --columns y,x,n,beta -q
