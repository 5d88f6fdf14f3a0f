#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What cannot be held is told by its name.
printf 'a,b\n1,2\n2,1\n3,5\n' >d.csv
# members and frames, one behind the other
head -c 4000000 /dev/zero | tr '\0' '\n' >lines
gzip -1 lines -c >lines.gz
zstd -q -1 lines
gzip -c d.csv >a.csv.gz
zstd -q d.csv -o b.csv.zst
for ((i = 0; i < 100; i++)); do
    cat lines.gz >>a.csv.gz
    cat lines.zst >>b.csv.zst
done
ulimit -v 500000
regsweep --version >/dev/null 2>&1 || { echo 'needs much address space'; exit 77; }
for file in a.csv.gz b.csv.zst -; do
    regsweep describe -q "$file" <a.csv.gz || echo $?
done 2>err
sed 's/hold [0-9]* bytes/hold N bytes/' err
