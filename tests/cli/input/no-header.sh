#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "1,2\n2,3\n5,4\n" >d.csv; regsweep run -q --no-header -y V1 d.csv
