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
echo
echo 'Next, with a table of your own:'
echo
echo '  build/release/regsweep describe YOUR.csv                         # its columns'
echo "  build/release/regsweep run YOUR.csv -y COLUMN -x 'PATTERN*' -n   # what would be done"
echo "  build/release/regsweep run YOUR.csv -y COLUMN -x 'PATTERN*' -o results.csv"
echo '  build/release/regsweep help                                      # and what else there is'
