#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Values below the limit of detection, found, and made missing as was said.
regsweep describe describe-lab.csv
regsweep describe describe-lab.csv -q --na '+<0.3' --na '+<0.01' --format csv | cut -d, -f1,3-9
