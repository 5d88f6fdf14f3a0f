#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y BMXBMI -x RIDAGEYR,RIAGENDR,REGION sas.sas7bdat.gz -q --columns y,x,n,p
