#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run key-number.csv key-number.txt -y BMI -x LEAD
regsweep run key-number.csv key-number.txt -y BMI -x LEAD --key-as number --columns y,x,n,beta -q
