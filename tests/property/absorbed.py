#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Factors of many levels that are absorbed equal a column for each level.

usage: absorbed.py REGSWEEP

The same tables are fitted twice: with factors, and with a 0/1 column of
numbers for each level but the first. Every number of every pair and of every
term must agree, by both engines, with and without weights, missing values and
intercept; with one factor, two and three, factors that fall apart, levels that
lose all their rows, levels that hang by single rows. Slopes and standard errors
of a weakly connected chain are held against exact rational arithmetic.
Permutations and the bootstrap must agree too. Prints
`N passed, N failed, N skipped`.
"""

import math
import os
import random
import sys
import tempfile
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import write

ALLOWED = 1e-10
COLUMNS = "y,x,n,df,intercept,beta,se,stat,p,r2,sigma,aic,status"
TERMS = "y,x,term,n,df,beta,se,stat,p,r2,sigma,status"


def run(program, path, *options):
    return sweeps.rows(program, path, "-y", "y*", "-x", "x*", *options)


# ---- tables -------------------------------------------------------------------


def scattered(sizes):
    return lambda rng, i: [rng.randrange(n) for n in sizes]


def apart(sizes, parts):
    """Levels of different factors meet within a part only."""
    def levels(rng, i):
        part = i % parts
        return [part + parts * rng.randrange(n // parts) for n in sizes]
    return levels


def chain(rng, i):
    return [i // 2 % 80, (i + 1) // 2 % 80]


def hung(rng, i):
    """Two blocks that one row joins."""
    block = 0 if i == 0 else i % 2
    return [rng.randrange(12) + 12 * block,
            rng.randrange(40) + (40 if i == 0 else 40 * block)]


def table(seed, n, levels, holes, explained=None):
    """Columns by name, and the names of the factors. explained: the age and
    a second covariate follow from the levels."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        row = {f"f{k}": f"L{v:03d}" for k, v in enumerate(levels(rng, i))}
        effect = math.sin(3 * sum(int(v[1:]) for v in row.values()))
        row["age"] = round(rng.gauss(50, 10), 1)
        row["also"] = round(rng.gauss(0, 1), 2)
        if explained is not None:
            row["age"], row["also"] = explained(row)
        row["w"] = round(math.exp(rng.gauss(0, 1)), 3)
        common = rng.gauss(0, 1)
        for name in ("y1", "y2", "x1", "x2", "x3"):
            value = round(common + rng.gauss(0, 1) + effect + row["age"] / 40, 4)
            row[name] = "" if i > 9 and rng.random() < holes else value
        row["x3"] = row["x3"] if row["x3"] == "" else 1e6 + row["x3"]
        level = int(row["f0"][1:])
        row["y3"] = round(0.1 * level + 3.7, 1)  # nothing is left of these
        row["x4"] = round(0.01 * level * level, 2)
        row["x5"] = round(row["x4"] + 3 * row["age"], 2)
        rows.append(row)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return columns, [name for name in columns if name[0] == "f"]


def with_dummies(columns, factors, keep_first):
    """The factors as numbers; the names of the columns of each."""
    out = {k: v for k, v in columns.items() if k not in factors}
    names = {}
    for f, factor in enumerate(factors):
        levels = sorted(set(columns[factor]))
        skip = 0 if keep_first and f == 0 else 1
        names[factor] = [f"{factor}={level}" for level in levels[skip:]]
        for name, level in zip(names[factor], levels[skip:]):
            out[name] = [int(v == level) for v in columns[factor]]
    return out, names


# ---- comparisons ------------------------------------------------------------------


class Check(sweeps.Checks):
    def __init__(self):
        super().__init__()
        self.largest = 0.0

    def rows(self, got, want, what, skip=()):
        self.that(len(got) == len(want),
                  f"{what}: {len(got)} rows, {len(want)} expected")
        for a, b in zip(got, want):
            for name in a:
                if name not in skip:
                    self.value(a[name], b[name], f"{what}: {name} of {a} != {b}")

    def value(self, a, b, what):
        if a == b:
            self.passed += 1
            return
        try:
            one, other = float(a), float(b)
        except ValueError:
            self.that(False, what)
            return
        off = abs(one - other) / max(abs(one), abs(other))
        self.largest = max(self.largest, off)
        self.that(off <= ALLOWED, what)


def near_zero(rows):
    """Estimates that nearly cancel may differ by more of themselves."""
    return [row for row in rows
            if row["status"] != "ok" or abs(float(row["stat"])) > 1e-3]


def compare(check, program, folder, name, spec, options):
    columns, factors = table(*spec)
    through_0 = "--no-intercept" in options
    dense, names = with_dummies(columns, factors, through_0)
    one = os.path.join(folder, "factors.csv")
    other = os.path.join(folder, "dummies.csv")
    write(one, columns)
    write(other, dense)
    covariates = ",".join(["age", "also"] + factors)
    flat = ",".join(["age", "also"] + [n for f in factors for n in names[f]])
    want = run(program, other, "-c", flat, "--engine", "exact", "--columns",
               COLUMNS, *options)
    for engine in ("exact", "auto"):
        got = run(program, one, "-c", covariates, "--engine", engine,
                  "--columns", COLUMNS, *options)
        check.rows(got, want, f"{name} {engine} {options}")
    want = run(program, other, "-c", flat, "--rows", "terms", "--columns",
               TERMS, "--engine", "exact", *options)
    got = run(program, one, "-c", covariates, "--rows", "terms", "--columns",
              TERMS, *options)
    got = [row for row in got if row["term"] not in factors]  # their F
    there = {(row["y"], row["x"], row["term"]) for row in got}
    want = [row for row in want if (row["y"], row["x"], row["term"]) in there]
    check.that(len(got) == len(want), f"{name}: terms {options}")
    check.rows(near_zero(got), near_zero(want), f"{name}: terms {options}")


SHAPES = {
    "one factor": (1, 200, scattered([30]), 0.0),
    "one factor, holes": (2, 200, scattered([30]), 0.1),
    "levels that are lost": (3, 120, scattered([60]), 0.15),
    "a few beside": (4, 200, scattered([30, 4]), 0.05),
    "two factors": (5, 260, scattered([30, 66]), 0.0),
    "two factors, holes": (6, 260, scattered([30, 66]), 0.05),
    "two that fall apart": (7, 300, apart([30, 72], 6), 0.02),
    "a chain": (8, 240, chain, 0.0),
    "two blocks and one row": (9, 280, hung, 0.0),
    "three factors": (10, 320, scattered([70, 66, 66]), 0.0),
}


def of_level(row):
    """Two numbers that the first factor explains."""
    level = int(row["f0"][1:])
    return 40 + level % 7, (level * level) % 5


def of_both(row):
    """One that both factors explain together, one that neither does."""
    level = int(row["f0"][1:])
    return level + 3 * int(row["f1"][1:]), row["also"] + level


SHAPES |= {
    "covariates of the level": (11, 200, scattered([30]), 0.0, of_level),
    "covariates of the level, holes": (12, 200, scattered([30]), 0.05,
                                       of_level),
    "a covariate of two levels": (13, 260, scattered([30, 66]), 0.0, of_both),
    "of levels that fall apart": (14, 300, apart([30, 72], 6), 0.0, of_level),
}
SETTINGS = [[], ["-w", "w"], ["--no-intercept"]]


# ---- exact arithmetic ---------------------------------------------------------------


def fractions_fit(y, x, factors):
    """Slope and squared standard error by eliminating normal equations, a
    column a level; dependent columns fall out."""
    columns = [[int(v == level) for v in factor]
               for factor in factors for level in set(factor)]
    columns.sort(key=lambda c: c.index(1))  # neighbours fill in little
    columns += [[Fraction(v) for v in x], [Fraction(v) for v in y]]
    k = len(columns)
    sparse = [{i: v for i, v in enumerate(c) if v} for c in columns]
    gram = [[sum(a[i] * b[i] for i in a.keys() & b.keys()) for b in sparse]
            for a in sparse]
    rank = 0
    for j in range(k - 2):
        if gram[j][j] == 0:
            continue
        rank += 1
        used = [c for c in range(j, k) if gram[j][c]]
        for r in used[1:]:
            factor = Fraction(gram[r][j]) / gram[j][j]
            for c in used:
                gram[r][c] -= factor * gram[j][c]
    xx, xy, yy = gram[k - 2][k - 2], gram[k - 2][k - 1], gram[k - 1][k - 1]
    beta = xy / xx
    df = len(y) - rank - 1
    return beta, (yy - beta * xy) / df / xx, df


def check_chain(check, program, folder):
    """Two factors that hang together by single rows only, the slope of a
    column that runs along the chain."""
    rng = random.Random(4)
    n = 600
    one = [f"a{(i // 2) % 250:03d}" for i in range(n)]
    two = [f"b{((i + 1) // 2) % 250:03d}" for i in range(n)]
    drift = [round(math.sin(i / 30) + 1e-3 * rng.gauss(0, 1), 6)
             for i in range(n)]
    y = [round(1e6 * math.cos(i / 25) + rng.gauss(0, 1), 5) for i in range(n)]
    path = os.path.join(folder, "chain.csv")
    write(path, {"one": one, "two": two, "y": y, "x": drift})
    beta, variance, df = fractions_fit(y, drift, [one, two])
    for engine in ("exact", "auto"):
        row = run(program, path, "-c", "one,two", "--engine", engine,
                  "--columns", "df,beta,se")[0]
        for name, want in (("beta", beta), ("se", math.sqrt(variance))):
            off = abs(Fraction(row[name]) - Fraction(want)) / abs(Fraction(want))
            check.that(off <= ALLOWED, f"chain: {name} off by {float(off)}")
        check.that(int(row["df"]) == df, f"chain: df {row['df']}, {df}")


def check_resampling(check, program, folder):
    for name in ("one factor", "a few beside", "two factors"):
        columns, factors = table(*SHAPES[name][:3], 0.0)
        dense, names = with_dummies(columns, factors, False)
        one = os.path.join(folder, "factors.csv")
        other = os.path.join(folder, "dummies.csv")
        write(one, columns)
        write(other, dense)
        flat = ",".join(["age"] + [n for f in factors for n in names[f]])
        for options in (["--permute", "99", "--seed", "5"],
                        ["--bootstrap", "60", "--seed", "5"]):
            check.rows(run(program, one, "-c", ",".join(["age"] + factors),
                           *options),
                       run(program, other, "-c", flat, *options),
                       f"{name} {options}")


def main():
    program = os.path.abspath(sys.argv[1])
    check = Check()
    with tempfile.TemporaryDirectory() as folder:
        for name, spec in SHAPES.items():
            before = check.largest
            check.largest = 0.0
            for options in SETTINGS:
                compare(check, program, folder, name, spec, options)
            print(f"absorbed: {name}: largest difference {check.largest:.2g}")
            check.largest = max(before, check.largest)
        check_chain(check, program, folder)
        check_resampling(check, program, folder)
    return check.end()


if __name__ == "__main__":
    sys.exit(main())
