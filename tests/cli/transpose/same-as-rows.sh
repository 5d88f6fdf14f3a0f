#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same table both ways; samples in another order, and some that only one
# file has; from a pipe, and compressed.
python3 - "$EXAMPLES/elements.csv" <<'END'
import csv, random, sys

rows = list(csv.reader(open(sys.argv[1])))
rows = [[row[1]] + row[:1] + row[2:] for row in rows]  # the symbol first
across = [list(line) for line in zip(*rows)]
with open("one", "w", newline="") as out:
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(across)
random.seed(5)
for part, lines in (("a", across[1:6]), ("b", across[6:])):
    lines = [across[0]] + lines
    order = list(range(1, len(lines[0])))
    if part == "b":
        random.shuffle(order)
    lines = [[line[0]] + [line[j] for j in order] + ["only" + part if line[0] in ("symbol", "name") else "9"]
             for line in lines]
    with open(part, "w", newline="") as out:
        csv.writer(out, delimiter=",;"[part == "b"]).writerows(lines)
END
columns=(-y 'density,boiling_k' -x 'melting_k,ionization_ev' -c 'period,block' --factor period)
regsweep run -q "${columns[@]}" "$EXAMPLES/elements.csv" >want
regsweep run -q --transpose "${columns[@]}" one | cmp want - && echo one
regsweep run -q --transpose "${columns[@]}" -j 1 - <one | cmp want - && echo "one job, standard input"
gzip -c one | regsweep run -q --transpose "${columns[@]}" - | cmp want - && echo "pipe, gzip"
regsweep run -q --transpose "${columns[@]}" a b | cmp want - && echo two
