#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weights that are counts, against the rows written so often.

usage: counts.py REGSWEEP

On made-up tables with columns that miss cells and others, counts of 0 among them and missing ones:
every number of every row of pairs and of terms is the same, with covariates,
categories, absorbed categories, categorical x, interactions, powers, every
kind of standard error that goes with counts, and conditions on n and p.
"""

import math
import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

TEXTS = {"y", "x", "term", "status", "model", "n", "df", "df1", "level",
         "reference"}
MODELS = ([], ["-c", "c"], ["-c", "c,g"], ["-c", "many,c"],
          ["-c", "many,more"], ["-c", "c", "--no-intercept"],
          ["-c", "c", "--interact", "g"], ["--poly", "2", "-c", "g"],
          ["-c", "c", "--missing", "listwise"], ["--missing", "mean"],
          ["--min-n", "150"], ["--p-max", "0.3"], ["--p-max", "1e-6"],
          ["--top", "4"], ["--engine", "exact"])
ERRORS = ([], ["--se", "hc0"], ["--se", "hc1"], ["--se", "hc2"],
          ["--se", "hc3"], ["--se", "hc4"],
          ["--se", "cluster", "--cluster", "k"],
          ["--se", "cluster", "--cluster", "k,g"])


def make_table(seed):
    rng = random.Random(seed)
    n = 160
    z = sweeps.noise(rng, n)

    def column(scale, at=0.0, gaps=0.05):
        return sweeps.with_gaps(
            rng, [at + v + e for v, e in zip(z, sweeps.noise(rng, n, scale))],
            gaps)
    return {"y1": column(1.0), "y2": column(3.0, 1e4), "x1": column(1.0),
            "x2": column(2.0, -1e3), "x3": [rng.choice("uvw") for _ in z],
            "c": column(0.5),
            "g": sweeps.with_gaps(rng, [rng.choice("pqr") for _ in z], 0.03),
            "many": [f"m{rng.randrange(20)}" for _ in z],
            "more": [f"o{rng.randrange(70)}" for _ in z],
            "k": sweeps.with_gaps(rng, [rng.randrange(9) for _ in z], 0.03),
            "w": [rng.choice((0, 1, 1, 2, 3, 7, None)) for _ in z],
            "y3": column(1.0, 10.0, 0.0), "x4": column(2.0, 3.0, 0.0),
            "y4": [2.5] * n, "x5": [rng.choice("ab") for _ in z]}


def repeated(table):
    times = [w or 0 for w in table["w"]]
    return {name: [v for v, t in zip(cells, times) for _ in range(t)]
            for name, cells in table.items()}


def apart(a, b):
    """The columns in which two rows differ."""
    def far(name):
        if a[name] == b[name]:
            return False
        if name in TEXTS or not a[name] or not b[name]:
            return True
        scale = abs(float(a["se"] or 0.0)) if name in (
            "beta", "intercept", "ci_low", "ci_high") else 0.0
        if name in ("stat", "r"):
            scale = 1.0
        return not math.isclose(float(a[name]), float(b[name]), rel_tol=1e-10,
                                abs_tol=1e-10 * scale)
    return [name for name in a if far(name)]


def main():
    program = sys.argv[1]
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        short = os.path.join(folder, "short.csv")
        long = os.path.join(folder, "long.csv")
        for seed in range(2):
            table = make_table(seed)
            sweeps.write(short, table)
            sweeps.write(long, repeated(table))
            for model in MODELS:
                for errors in ERRORS:
                    rows = "terms" if seed == 0 and len(model) == 2 else "pairs"
                    options = ["-y", "y1,y2,y3,y4", "-x",
                               "x1,x2,x4" if "--poly" in model
                               else "x1,x2,x3,x4,x5",
                               "--rows", rows, "--columns", "all", *model,
                               *errors]
                    ours = sweeps.rows(program, short, "-w", "w",
                                       "--weights-are", "counts", *options)
                    theirs = sweeps.rows(program, long, *options)
                    bad = [(a["y"], a["x"], apart(a, b))
                           for a, b in zip(ours, theirs) if apart(a, b)]
                    checks.that(len(ours) == len(theirs) and not bad,
                                f"seed {seed}", rows, *model, *errors, bad[:2],
                                len(ours), len(theirs))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
