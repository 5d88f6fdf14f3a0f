#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# codes as numbers, from a pipe
cat packed.zsav | regsweep run -y bmi,smoke -x sex,age - --no-labels --na 999 -q --columns y,x,n,beta
