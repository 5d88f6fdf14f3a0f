#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of coefficients against the same coefficients found another way.

usage: terms.py REGSWEEP

On made-up tables with missing values, weights and categories:
- x's term has the very text of the pair's row;
- a covariate's term is x's of the run in which the two change places;
- the intercept is the slope on a column of ones in a run without intercept;
- both engines agree, and the bytes are the same for any number of workers;
- --top writes the terms of the pairs that it writes.
"""

import itertools
import math
import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import rows_of

NUMBERS = ("beta", "se", "stat", "p", "ci_low", "ci_high", "r2", "aic")


def run(program, path, *options):
    return sweeps.run(program, "-q", path, *options)[0]


def make_table(path, seed, missing):
    rng = random.Random(seed)
    n = rng.choice((12, 40, 300))
    names = ["y1", "y2", "x1", "x2", "x3", "c1", "c2", "one", "w", "g"]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for _ in range(n):
            z = rng.gauss(0, 1)
            row = [rng.gauss(z, 1) for _ in range(7)]
            row[5] = 1e6 + row[5]  # far from 0
            row[6] *= 1e-5
            cells = [repr(v) if rng.random() >= missing else "" for v in row]
            cells += ["1", repr(rng.random()), rng.choice("pqr")]
            file.write(",".join(cells) + "\n")


def near(a, b):
    return all(
        p[k] == q[k] or p[k] and q[k]
        and math.isclose(float(p[k]), float(q[k]), rel_tol=1e-8,
                         abs_tol=1e-8 * abs(float(p["se"] or 0)))
        for p, q in zip(a, b) for k in NUMBERS) and len(a) == len(b)


def check(program, path, options):
    """Yields (what, whether it is so)."""
    terms = ["--rows", "terms", "--columns", "all", *options]
    base = ["-y", "y1,y2", "-x", "x1,x2,x3"]
    text = run(program, path, *base, *terms, "-c", "c1,g,c2", "-j", "3")
    yield "workers", text == run(program, path, *base, *terms, "-c",
                                 "c1,g,c2", "-j", "1")
    found = rows_of(text)
    pairs = rows_of(run(program, path, *base, *options, "-c", "c1,g,c2",
                        "--columns", "all"))
    of_x = [r for r in found if r["term"] == r["x"]]
    yield "pairs", len(pairs) == len(of_x) and all(
        a[k] == b[k] for a, b in zip(pairs, of_x) for k in b if k != "term")
    exact = rows_of(run(program, path, *base, *terms, "-c", "c1,g,c2",
                        "--engine", "exact"))
    yield "engines", near(found, exact) and all(
        a["term"] == b["term"] and a["status"] == b["status"]
        for a, b in zip(found, exact))
    for x, c in itertools.product(("x1", "x2"), ("c1", "c2")):
        other = {"c1": "c2", "c2": "c1"}[c]
        swapped = rows_of(run(program, path, "-y", "y1,y2", "-x", c, "-c",
                              f"{x},g,{other}", "--columns", "all", *options))
        yield "swapped", near(
            [r for r in found if r["x"] == x and r["term"] == c],
            [r for r in swapped if r["status"] != "n_too_small"])
    if "--no-intercept" not in options:
        ones = rows_of(run(program, path, "-y", "y1,y2", "-x", "one",
                           "--no-intercept", "-c", "x3,c2", "--columns",
                           "all", *options))
        found = rows_of(run(program, path, *base, *terms, "-c", "c2"))
        found = [r for r in found
                 if r["x"] == "x3" and r["term"] == "(intercept)"]
        for row in ones + found:
            row["r2"] = ""  # about the mean, or about zero
        yield "intercept", near(found, ones)
    best = rows_of(run(program, path, *base, *terms, "-c", "c1,g,c2", "--top",
                       "2"))
    top = rows_of(run(program, path, *base, *options, "-c", "c1,g,c2", "--top",
                      "2"))
    all_terms = {(r["y"], r["x"]): [] for r in rows_of(text)}
    for row in rows_of(text):
        all_terms[row["y"], row["x"]].append(row)
    yield "top", best == [r for t in top for r in all_terms[t["y"], t["x"]]]


def main():
    program = sys.argv[1]
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.csv")
        for seed, missing in itertools.product(range(4), (0.0, 0.1)):
            make_table(path, seed, missing)
            for options in ([], ["-w", "w"], ["--no-intercept"],
                            ["-w", "w", "--no-intercept"]):
                for what, ok in check(program, path, options):
                    checks.that(ok, f"seed {seed}, missing {missing}", *options,
                                what)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
