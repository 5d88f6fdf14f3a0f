#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A file at the limit of its size (ulimit -f) is an error of write.
awk 'BEGIN {
    srand(5)
    for (j = 1; j <= 60; j++) printf "c%d%s", j, j < 60 ? "," : "\n"
    for (i = 0; i < 20; i++)
        for (j = 1; j <= 60; j++) printf "%.5f%s", rand(), j < 60 ? "," : "\n"
}' >d.csv
ulimit -f 16 # KiB
for out in o.csv o.jsonl o.csv.gz o.npy o.db; do
    columns=y,x,se,p
    [ $out != o.npy ] || columns=p
    regsweep run -q -y '*' -x '*' d.csv --columns $columns -o $out
    echo "$out $?"
done 2>err
regsweep run -q -y '*' -x '*' d.csv --columns y,x,se,p >o.txt 2>>err; echo $?
sed -E 's/ [0-9]+ (bytes|rows)/ N \1/; s/^(regsweep: )[0-9,]+ of/\1N of/' err
