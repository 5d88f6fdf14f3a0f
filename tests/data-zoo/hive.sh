#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y weight -x age hive.txt
regsweep run -q --columns y,x,n,beta -o - -y weight -x age -d $'\x01' hive.txt
