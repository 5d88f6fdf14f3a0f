#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What --partial-r2-min and --p-max keep is what the full output has of it.

usage: partial.py REGSWEEP

Least squares with and without covariates, robust errors, an F, and Spearman's
ranks, with missing cells, screened and by the exact engine. Prints at the end
`N passed, N failed, N skipped`.
"""

import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, with_gaps, write

ROWS, COLUMNS = 300, 60
LISTS = ["-y", "v{0:19}", "-x", "v{20:57},kind"]
NUMBERS = [LISTS[0], LISTS[1], "-x", "v{20:57}"]
MODELS = {
    "simple": LISTS,
    "covariates": [*LISTS, "-c", "v58,v59"],
    "HC3": [*LISTS, "--se", "hc3"],
    "Spearman": [*NUMBERS, "-m", "spearman"],
    "Spearman and covariates": [*NUMBERS, "-m", "spearman", "-c", "v58,v59"],
}


def table(rng, part):
    common = noise(rng, ROWS)
    columns = {}
    for j in range(COLUMNS):
        values = [0.3 * c + e for c, e in zip(common, noise(rng, ROWS))]
        if j % 3 == 0:
            values = [round(v) for v in values]
        columns[f"v{j}"] = with_gaps(rng, values, part if j % 4 else 0.0)
    columns["kind"] = [rng.choice("abc") for _ in range(ROWS)]
    return columns


def rows(program, path, *options):
    return sweeps.rows(program, "-q", "--columns", "y,x,n,partial_r2,p", path,
                       *options)


def main():
    program = sys.argv[1]
    rng = random.Random(11)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        for part in (0.0, 0.05):
            write(path, table(rng, part))
            for model, options in MODELS.items():
                full = rows(program, path, *options)
                for column, option, holds in (
                        ("partial_r2", "--partial-r2-min",
                         lambda v, edge: v >= edge),
                        ("p", "--p-max", lambda v, edge: v <= edge)):
                    for k in (len(full) // 50, len(full) // 2):
                        edge = sorted((float(r[column]) for r in full),
                                      reverse=column != "p")[k]
                        want = [r for r in full
                                if holds(float(r[column]), edge)]
                        few = rows(program, path, *options, option, repr(edge))
                        checks.that([(r["y"], r["x"], r["n"]) for r in few] ==
                                    [(r["y"], r["x"], r["n"]) for r in want],
                                    model, part, option, edge)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
