#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep bench "$EXAMPLES/elements.csv" -y density,melting_k -x boiling_k,ionization_ev -c block -j 1 | sed -E '1 s/, [0-9.]+ MB.*//; 2,$ s/  .*//; s/^(bottleneck|first result): .+/\1/'
# The rows go to the file system of -o, and leave what is there alone.
echo mine >mine
regsweep bench -o mine --size 20,2,2 >/dev/null
echo "$?"
regsweep bench -o . --size 20,2,2 >/dev/null
echo "$?"
regsweep bench -o /dev/null --size 20,2,2 >/dev/null
echo "$?"
regsweep bench -o /dev/full --size 20,2,2
echo "$?"
regsweep bench -o absent/mine --size 20,2,2
echo "$?"
regsweep bench --size 20,2,2 >&-
echo "$?"
cat ./*
