#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep describe nhanes.xpt
regsweep run -y BMXBMI -x RIDAGEYR,RIAGENDR nhanes.xpt -q --columns y,x,n,beta
