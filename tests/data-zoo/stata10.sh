#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y bmi -x age,sex,visits stata10.dta -q --columns y,x,n,beta
