#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep describe spss.sav
regsweep run -y bmi -x age,sex,smoke spss.sav --columns y,x,n,p
regsweep run -y sex -x age spss.sav
regsweep run -y bmi -x age,sex,smoke spss.sav --na 999 -q --columns y,x,n,p
