#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Robust errors of both engines against rational arithmetic.

usage: robust.py REGSWEEP

Small tables with what spoils a leverage - outliers, columns of one value but
in a row or two, levels of one row, weights over many decades, few rows - are
fitted here row by row with fractions. se and stat must be right to 1e-10, p to
that times its condition in t; a fit with a row of leverage 1, or that meets
every row in which x varies, must be non_finite and keep its slope.

Each table is fitted by one of the kinds, in turn.

REGSWEEP_ROUNDS=N makes N times as many tables, of other random numbers. Prints
at the end `N passed, N failed, N skipped`.
"""

import os
import random
import sys
import tempfile
from decimal import Decimal
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from exact import decimal_of, t_tail
from sweeps import noise, write

ALLOWED = Decimal("1e-10")
LEAST_LEFT = Fraction(1, 10 ** 19)
LEAST_REST = Fraction(1, 10 ** 20)
SMALL = Decimal("1e-20")


def inner(a, b, w):
    return sum(u * v * k for u, v, k in zip(a, b, w))


def leave(values, basis, w):
    for v, vv in basis:
        part = inner(v, values, w) / vv
        values = [a - part * b for a, b in zip(values, v)]
    return values


KINDS = ["hc3", "hc0", "hc1", "hc2", "hc4", "cluster"]


def meat_by_rows(kind, scores, left, df):
    """Sum of squares of scores over what the kind divides them by."""
    n, k = len(scores), len(scores) - df
    total = sum(left)

    def part(score, rest):
        if kind == "hc4":
            power = min(Decimal(4), decimal_of(n * (1 - rest) / (n - total)))
            return decimal_of(score * score) / decimal_of(rest) ** power
        power = {"hc2": 1, "hc3": 2}.get(kind, 0)
        return decimal_of(score * score / rest ** power)
    factor = decimal_of(Fraction(n, n - k)) if kind == "hc1" else 1
    return factor * sum(map(part, scores, left))


def meat_by_clusters(scores, clusters, df):
    """The same of sums by clusters, and what its terms would be, all of one
    sign."""
    sums, sizes = {}, {}
    for score, cluster in zip(scores, clusters):
        sums[cluster] = sums.get(cluster, 0) + score
        sizes[cluster] = sizes.get(cluster, 0) + abs(score)
    n, g = len(scores), len(sums)
    if g < 2:
        return Decimal(0), Decimal(1), 0
    factor = Fraction(g, g - 1) * Fraction(n - 1, df)
    return (decimal_of(factor * sum(v * v for v in sums.values())),
            decimal_of(factor * sum(v * v for v in sizes.values())), g - 1)


class Fit:
    """what: numbers, none (there is no error) or other (a status of the
    classical fit, or all is rounding)."""

    def __init__(self, y, x, base, w, kind, clusters):
        basis = []
        for column in base:
            v = leave(column, basis, w)
            if any(v):
                basis.append((v, inner(v, v, w)))
        x, y = leave(x, basis, w), leave(y, basis, w)
        self.what = "other"
        self.df = len(y) - len(basis) - 1
        if self.df < 1 or not any(x) or not any(y):
            return
        xx = inner(x, x, w)
        self.beta = inner(x, y, w) / xx
        e = [b - self.beta * a for a, b in zip(x, y)]
        if inner(e, e, w) < LEAST_REST * inner(y, y, w):
            return
        left = [1 - k * (a * a / xx + sum(v[i] ** 2 / vv for v, vv in basis))
                for i, (k, a) in enumerate(zip(w, x))]
        scores = [k * a * b for k, a, b in zip(w, x, e)]
        self.what = "none"
        if not any(scores) or (min(left) == 0 and kind in ("hc2", "hc3",
                                                           "hc4")):
            return
        self.what = "other"
        if min(left) <= LEAST_LEFT:
            return
        if kind == "cluster":
            meat, size, self.df = meat_by_clusters(scores, clusters, self.df)
            if meat <= SMALL * size:
                self.what = "none" if meat == 0 else "other"
                return
        else:
            meat = meat_by_rows(kind, scores, left, self.df)
        self.what = "numbers"
        self.se = (meat / decimal_of(xx * xx)).sqrt()
        self.stat = decimal_of(self.beta) / self.se


def column(rng, n):
    kind = rng.randrange(7)
    if kind == 0:
        values = noise(rng, n)
        values[rng.randrange(n)] = 10.0 ** rng.uniform(1, 8)
        return values
    if kind == 1:
        some = rng.sample(range(n), rng.choice([1, 2, 2, 3]))
        return [1.0 if i in some else 0.0 for i in range(n)]
    if kind == 2:
        return [float(rng.randint(0, 3)) for _ in range(n)]
    if kind == 3:
        return [1e9 + v for v in noise(rng, n)]
    if kind == 4:
        return [v * 1e-100 for v in noise(rng, n)]
    return noise(rng, n)


def table(rng):
    n = rng.choice([4, 5, 8, 12, 16])
    out = {name: column(rng, n) for name in ("y", "v", "x", "z", "c", "d")}
    for name, levels in (("g", 3), ("h", max(2, n // 2))):
        out[name] = [f"l{rng.randrange(levels)}" for _ in range(n)]
    out["k"] = [f"k{rng.randrange(max(2, n // 2))}" for _ in range(n)]
    out["w"] = rng.choice([
        [float(rng.randint(0, 3)) for _ in range(n)],
        [10.0 ** rng.uniform(-8, 8) for _ in range(n)]])
    for name in rng.sample("yvxzcdw", 2):
        out[name] = [None if rng.random() < 0.1 else v for v in out[name]]
    covariates = rng.sample("cdgh", rng.choice([0, 0, 1, 2]))
    return out, covariates, rng.random() < 0.4, rng.random() < 0.8


def fit_of(columns, y, x, covariates, weighted, intercept, kind):
    used = [y, x, *covariates] + ["w"] * weighted
    rows = [i for i in range(len(columns[y]))
            if all(columns[c][i] is not None for c in used)
            and (not weighted or columns["w"][i] > 0)]

    def take(name):
        return [Fraction(columns[name][i]) for i in rows]
    base = [[Fraction(1)] * len(rows)] if intercept else []
    for name in covariates:
        if name in "cd":
            base.append(take(name))
            continue
        for level in sorted({columns[name][i] for i in rows}):
            base.append([Fraction(columns[name][i] == level) for i in rows])
    weights = take("w") if weighted else [Fraction(1)] * len(rows)
    return Fit(take(y), take(x), base, weights, kind,
               [columns["k"][i] for i in rows])


def is_right(row, fit):
    if fit.what == "other":
        return True
    if fit.what == "none":
        # sums to 0 but for the rounding of the data: another status is right
        keeps = row["status"] in ("leverage_one", "one_cluster", "no_variance",
                                  "non_finite")
        return (row["status"] != "ok" and row["se"] == "" and
                (not keeps or row["beta"] != ""))
    if row["status"] != "ok" or row["p"] == "":
        return False
    p, condition = t_tail(abs(fit.stat), fit.df)
    return (abs(Decimal(row["se"]) - fit.se) <= ALLOWED * fit.se and
            abs(Decimal(row["stat"]) - fit.stat) <= ALLOWED * abs(fit.stat) and
            abs(Decimal(row["p"]) - p) <= ALLOWED * p * max(1, condition))


def main():
    program = sys.argv[1]
    rounds = int(os.environ.get("REGSWEEP_ROUNDS", "1"))
    rng = random.Random(20261128 + rounds)
    checks = sweeps.Checks()
    kinds = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        for number in range(240 * rounds):
            kind = KINDS[number % len(KINDS)]
            columns, covariates, weighted, intercept = table(rng)
            write(path, columns)
            options = ["-c", ",".join(covariates)] if covariates else []
            options += ["-w", "w"] if weighted else []
            options += [] if intercept else ["--no-intercept"]
            options += ["--cluster", "k"] if kind == "cluster" else []
            for engine in ("auto", "exact"):
                for row in sweeps.rows(program, "-j", "1", "--se", kind, "-y",
                                       "y,v", "-x", "x,z", "--engine", engine,
                                       path, *options):
                    fit = fit_of(columns, row["y"], row["x"], covariates,
                                 weighted, intercept, kind)
                    kinds[fit.what] = kinds.get(fit.what, 0) + 1
                    checks.that(is_right(row, fit), options, engine, row,
                                vars(fit))
    print(f"robust: {kinds}")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
