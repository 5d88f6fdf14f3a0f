#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same bytes for any number of workers.
awk 'BEGIN { srand(3)
    for (j = 1; j <= 300; j++) printf "c%d%s", j, j < 300 ? "," : "\n"
    for (i = 0; i < 50; i++)
        for (j = 1; j <= 300; j++)
            printf "%.6f%s", rand(), j < 300 ? "," : "\n" }' >d.csv
for field in beta p; do
    for j in 1 2 5; do
        regsweep run -q -y '*' -x '*' -j $j --columns $field -o $j.npy -f d.csv || echo failed
    done
    cmp 1.npy 2.npy && cmp 1.npy 5.npy && echo same
done
