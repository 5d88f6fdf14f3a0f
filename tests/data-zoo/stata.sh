#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep describe stata.dta
regsweep run -y bmi -x age,sex,smoke,region stata.dta -q --columns y,x,n,p
