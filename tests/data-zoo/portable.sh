#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y BMI -x SEX,SMOKE,REGION portable.por -q --columns y,x,n,p
