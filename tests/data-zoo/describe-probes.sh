#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Names as manifests of arrays have them.
regsweep describe describe-probes.csv
regsweep describe describe-probes.csv -q --format csv | cut -d, -f1,3-9
