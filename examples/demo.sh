#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make demo` shows; needs regsweep in PATH.
set -eu
cd "$(dirname "$0")"

echo '$ regsweep describe elements.csv'
regsweep describe elements.csv
echo
echo '$ regsweep run elements.csv -y density,melting_k -c block --digits 5'
regsweep run elements.csv -y density,melting_k -c block --digits 5
echo
echo '$ sh 03-pipeline.sh     # the three strongest pairs of all'
sh 03-pipeline.sh
