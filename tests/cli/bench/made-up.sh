#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Only labels are the same each time. Nothing is left in TMPDIR.
mkdir tmp
export TMPDIR=$PWD/tmp
regsweep bench --size 60,9,8 -j 2 | sed -E 's/  .*//; s/^(bottleneck|first result): .+/\1/; s/[0-9.]+ MB/S/g'
echo "${PIPESTATUS[0]}"
ls -A tmp
regsweep bench --size 60,9,8 -j 2 --top 3 | head -n 1 | grep -o '72 pairs'
regsweep bench --size 60,9,8 -j 2 --p-max 1e-300 --durable | grep 'first result'
regsweep bench --size 60,9,8 -j 2 --pairs matched | tail -n 1
