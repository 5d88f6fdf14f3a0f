#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of --summary against the rows of the same sweep.

usage: summary.py REGSWEEP

Counts, tenths of p and the ten best pairs, counted anew from all rows; of
sweeps in many tiles, with conditions and without, for several numbers of
workers.
"""

import math
import os
import random
import re
import statistics
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
from sweeps import Checks, rows_of, run


def make_table(path, n_columns, seed):
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        names = [f"v{j}" for j in range(n_columns)] + ["const"]
        file.write(",".join(names) + "\n")
        for _ in range(30):
            z = rng.gauss(0, 1)
            row = [f"{rng.gauss(z * (j % 7 == 0), 1):.3f}"
                   if rng.random() > 0.02 else "" for j in range(n_columns)]
            file.write(",".join(row) + ",5\n")


def number(text):
    return int(text.replace(",", ""))


def best_of(rows, n=10):
    """The best by p; of equal p the first row, which is the plan's order
    where the sweep is not cut into blocks."""
    tested = [r for r in rows if r["neg_log10_p"]]
    return sorted(tested, key=lambda r: -float(r["neg_log10_p"]))[:n]


def lambda_of(tests):
    """Of the median of the tests as chi-square with one degree of freedom."""
    z = statistics.NormalDist().inv_cdf
    return statistics.median(z(p / 2) ** 2 for p in tests) / 0.45493642311957275


def shown(row):
    return [row["y"], row["x"], "%.4g" % float(row["beta"]),
            "%.3g" % float(row["se"]), "%.3g" % float(row["p"]),
            "%.4f" % float(row["r2"])]


def check(options, rows, table):
    """Yields (what, whether it is so)."""
    tests = [float(r["p"]) for r in rows if r["p"]]
    yield "pairs", number(
        re.search(r"^  pairs +([\d,]+)$", table, re.M)[1]) == len(rows)
    yield "tests", number(
        re.search(r"^  tests +([\d,]+) ", table, re.M)[1]) == len(tests)
    tenths = [number(n) for n in
              re.findall(r"^  p 0\.\d.{48} +([\d,]+) ", table, re.M)]
    wanted = [0] * 10
    for p in tests:
        wanted[max(0, math.ceil(p * 10) - 1)] += 1
    yield "tenths", tenths == wanted
    shown_lambda = float(re.search(r"^  lambda +([\d.e+]+) ", table, re.M)[1])
    exact = lambda_of(tests)
    yield "lambda", shown_lambda == float(f"{exact:.4g}")
    kept = rows
    if "--p-max" in options:
        kept = [r for r in rows
                if r["p"] and float(r["p"]) <= float(options[1])]
    if "--top" in options:
        kept = best_of(rows, int(options[1]))
    yield "written", number(
        re.search(r"^  written +([\d,]+)$", table, re.M)[1]) == len(kept)
    lines = table[table.index("\n  y  "):].splitlines()[2:]
    found = [line.split() for line in lines if line.startswith("  ")]
    yield "best", found == [shown(r) for r in best_of(kept)]


def main():
    program = sys.argv[1]
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.csv")
        for n_columns, seed in ((9, 1), (300, 2)):
            make_table(path, n_columns, seed)
            half = ["-y", f"v0:v{n_columns // 2}", "-x",
                    f"v{n_columns // 2 + 1}:const", path]
            rows = rows_of(run(program, "-q", *half, "--columns", "all")[0])
            for options in ([], ["--p-max", "0.2"], ["--top", "4"],
                            ["--top", "50"], ["--rows", "terms"],
                            ["--engine", "exact"], ["--adjust", "holm"],
                            ["--adjust", "bh", "--family", "y"],
                            ["--adjust", "bh", "--family", "x"]):
                tables = {run(program, "-q", "--summary", *half, *options,
                              "-j", str(jobs))[1] for jobs in (1, 4)}
                for what, ok in [("workers", len(tables) == 1), *check(
                        options, rows, tables.pop())]:
                    checks.that(ok, n_columns, "columns,", *options, what)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
