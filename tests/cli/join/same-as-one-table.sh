#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A table cut into three files, rows in another order and some that only one
# file has, gives what the whole table gives.
python3 - "$EXAMPLES/elements.csv" <<'END'
import csv, random, sys

rows = list(csv.reader(open(sys.argv[1])))
header, rows = rows[0], rows[1:]
key = header.index("symbol")
groups = [[j for j in range(len(header)) if j != key and j % 3 == g] for g in range(3)]
random.seed(3)
for g, columns in enumerate(groups):
    part = [[row[key]] + [row[j] for j in columns] for row in rows]
    part += [["only%d-%d" % (g, i)] + ["odd" if header[j] in ("name", "block") else "7" for j in columns]
             for i in range(20)]
    names = ["symbol"] + [header[j] for j in columns]
    if g > 0:
        random.shuffle(part)
    else:  # the order of the first file counts
        part = part[-20:] + part[:-20]
        part = [row[1:] + row[:1] for row in part]
        names = names[1:] + names[:1]
    with open("part%d" % g, "w", newline="") as out:
        csv.writer(out, delimiter=",;\t"[g]).writerows([names] + part)
END
columns=(-y 'density,boiling_k' -x 'melting_k,ionization_ev' -c block)
regsweep run -q "${columns[@]}" "$EXAMPLES/elements.csv" >want
regsweep run -q --key symbol "${columns[@]}" part0 part1 part2 >got && cmp want got && echo files
regsweep run -q -j 1 --key symbol "${columns[@]}" part0 part1 part2 >got && cmp want got && echo "one job"
gzip part2
regsweep run -q --key symbol "${columns[@]}" part0 - part2.gz <part1 >got && cmp want got &&
    echo "pipe and gzip"
