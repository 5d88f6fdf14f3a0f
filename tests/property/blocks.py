#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks of columns of both engines against rational arithmetic.

usage: blocks.py REGSWEEP

Small tables of halves, with missing cells, weights, levels that rows lack and
columns that depend on others, are fitted here with fractions: categories,
interactions with numbers and categories, powers, with and without an
intercept. n, df, df1 and status must be equal, numbers right to 1e-10. Then
what must not matter, or must be equal: another reference, two levels as 0/1,
the slopes of two groups.

REGSWEEP_ROUNDS=N makes N times as many tables, of other random numbers. Prints
at the end `N passed, N failed, N skipped`.
"""

import math
import os
import random
import sys
import tempfile
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import rows, write

FACTORS = ("f", "g", "h")


def inner(a, b, w):
    return sum(u * v * k for u, v, k in zip(a, b, w))


class Base:
    """Columns, orthogonal one after another, dropped where they depend."""

    def __init__(self, w):
        self.w = w
        self.vectors = []
        self.kept = []

    def leave(self, values):
        for v, vv in self.vectors:
            part = inner(v, values, self.w) / vv
            values = [a - part * b for a, b in zip(values, v)]
        return values

    def add(self, column):
        v = self.leave(column)
        if any(v):
            self.vectors.append((v, inner(v, v, self.w)))
            self.kept.append(column)

    def coefficients(self, y):
        """Of the kept columns, from the last to the first."""
        out = []
        for v, vv in reversed(self.vectors):
            k = len(self.vectors) - 1 - len(out)
            beta = inner(v, y, self.w) / vv
            out.insert(0, beta)
            y = [a - beta * b for a, b in zip(y, self.kept[k])]
        return out


def contrasts(values, levels, keep_all):
    """0/1 columns of those levels that are there but the reference."""
    there = [l for l in levels if l in values]
    if there and not keep_all:
        there = there[1:]
    return [[Fraction(v == l) for v in values] for l in there]


class Case:
    """What is asked: x, covariates, z, power, weights, intercept."""

    def __init__(self, rng):
        self.x = rng.choice(("x", "x", "f", "g"))
        self.covariates = rng.sample(("c", "h", "d"), rng.randrange(3))
        self.z = rng.choice((None, "z", "h", "g")) if self.x != "g" else None
        if self.z in self.covariates:
            self.covariates.remove(self.z)
        self.power = 1
        if self.x == "x" and self.z is None:
            self.power = rng.choice((1, 2, 3))
        self.whole = (self.power > 1 or self.z) and rng.random() < 0.4
        self.weights = rng.random() < 0.3
        self.intercept = rng.random() < 0.75
        self.others = self.covariates + [self.z] * (self.z is not None)

    def options(self):
        out = ["-y", "y", "-x", self.x, "--columns", "all"]
        if self.covariates:
            out += ["-c", ",".join(self.covariates)]
        if self.z:
            out += ["--interact", self.z]
            out += ["--interact-test", "both"] * self.whole
        if self.power > 1:
            out += ["--poly", str(self.power)]
            out += ["--poly-test", "all"] * self.whole
        if self.weights:
            out += ["-w", "w"]
        return out + ["--no-intercept"] * (not self.intercept)


def columns_of(case, table, levels):
    """The design: of the base, beside the test, tested."""
    base = [[Fraction(1)] * len(table["y"])] if case.intercept else []
    keep_all = not case.intercept
    for name in case.others:
        if name in FACTORS:
            base += contrasts(table[name], levels[name], keep_all)
            keep_all = False
        else:
            base.append(table[name])
    if case.x in FACTORS:
        own = contrasts(table[case.x], levels[case.x], keep_all)
        parts = contrasts(table[case.x], levels[case.x], False)
    else:
        own = [[v ** k for v in table["x"]] for k in range(1, case.power + 1)]
        parts = [table["x"]]
    if case.z is None:
        n_beside = 0 if case.x in FACTORS or case.whole else case.power - 1
        return base, own[:n_beside], own[n_beside:]
    of_z = (contrasts(table[case.z], levels[case.z], False)
            if case.z in FACTORS else [table[case.z]])
    products = [[a * b for a, b in zip(u, v)] for v in of_z for u in parts]
    return (base, [], own + products) if case.whole else (base, own, products)


def by_f(case, levels):
    """Several are tested, by the levels of the file."""
    of_x = len(levels[case.x]) - 1 if case.x in FACTORS else 1
    whole_x = (case.x in FACTORS and not case.intercept and
               not set(FACTORS) & {*case.covariates, case.z})
    if case.z is None:
        if case.x in FACTORS:
            return of_x + whole_x > 1
        return case.whole and case.power > 1
    of_z = len(levels[case.z]) - 1 if case.z in FACTORS else 1
    return case.whole or of_x * of_z > 1


def constant(values, intercept):
    return len(set(values)) < 2 if intercept else not any(values)


def complete_rows(case, table, columns, weights):
    """The rows of a fit that needs these columns besides; all columns there,
    those that are needed as fractions or text."""
    needed = {"y", case.x, *case.others, *columns, *[weights] * bool(weights)}
    there = [i for i in range(len(table["y"]))
             if all(table[k][i] is not None for k in needed)
             and not (weights and table[weights][i] == 0)]
    return there, {k: [table[k][i] if k not in needed
                       or isinstance(table[k][i], str)
                       else Fraction(table[k][i]) for i in there]
                   for k in table}


def space_of(case, used, levels, w):
    """The space of the design, how much of it stands beside the test, and what
    that alone and all of it leave of y."""
    base, beside, tested = columns_of(case, used, levels)
    space = Base(w)
    for column in base + beside:
        space.add(column)
    m = len(space.kept)
    before = space.leave(used["y"])
    for column in tested:
        space.add(column)
    return space, m, before, space.leave(used["y"])


def fit(case, table, levels):
    """What the row must say: numbers by name."""
    weights = "w" if case.weights else None
    there, used = complete_rows(case, table, (), weights)
    out = {"n": len(there), "status": "n_too_small"}
    if not there:
        return out
    y = used["y"]
    w = used[weights] if weights else [Fraction(1)] * len(y)
    space, m, before, e = space_of(case, used, levels, w)
    df1 = len(space.kept) - m
    df = len(y) - m - max(df1, 1)
    x = used[case.x]
    is_constant = (len(set(x)) < 2 if case.x in FACTORS
                   else constant(x, case.intercept))
    if df < 1:
        return out
    out["df"] = df
    has_base = m > (1 if case.intercept else 0)
    if constant(y, case.intercept):
        out["status"] = "constant_y"
    elif df1 == 0:
        out["status"] = "constant_x" if is_constant else "collinear"
    elif has_base and not any(before):
        out["status"] = "y_explained"
    elif not any(e):
        out["status"] = "perfect_fit"
    else:
        out["status"] = "ok"
    if out["status"] not in ("ok", "perfect_fit"):
        return out
    coefficients = space.coefficients(y)
    if case.intercept:
        out["intercept"] = coefficients[0]
    if not by_f(case, levels):
        out["beta"] = coefficients[-1]
    else:
        out["df1"] = df1
    if out["status"] == "perfect_fit":
        return out
    rss = inner(e, e, w)
    ess = inner(before, before, w) - rss
    f = ess / df1 / (rss / df)
    out["stat2"] = f if by_f(case, levels) else f * df1
    centre = inner(y, [1] * len(y), w) / sum(w) if case.intercept else 0
    about = [a - centre for a in y]
    out["r2"] = 1 - rss / inner(about, about, w)
    return out


def near(ours, right, scale=0.0):
    right = float(right)
    return abs(float(ours) - right) <= 1e-10 * max(abs(right), scale)


def check_row(checks, row, right, what):
    good = (row["status"] == right["status"]
            and int(row["n"]) == right["n"])
    if "df" in right:
        good = good and float(row["df"]) == right["df"]
    if "df1" in right:
        good = good and float(row["df1"]) == right["df1"]
        good = good and row["beta"] == "" == row["se"]
    for name in ("intercept", "beta"):
        if name in right:
            good = good and row[name] != "" and near(row[name], right[name],
                                                     1e-3)
    if "stat2" in right and good:
        stat = float(row["stat"])
        stat = stat if "df1" in right else stat ** 2
        good = near(stat, right["stat2"], 1e-12) and near(row["r2"],
                                                          right["r2"], 1e-12)
    checks.that(good, what, row, {k: str(v) if k == "status" else float(v)
                                  for k, v in right.items()})


def random_table(rng):
    n = rng.choice((7, 10, 14, 22))

    def numbers(least=-8, most=9):
        return [rng.randrange(least, most) / 2 for _ in range(n)]

    table = {k: numbers() for k in ("y", "x", "z", "c")}
    table["d"] = [a + b for a, b in zip(table["c"], table["x"])]
    if rng.random() < 0.15:
        table["x"] = [2.5] * (n - 1) + [rng.choice((2.5, 3.0))]
    if rng.random() < 0.15:
        table["y"] = [2 * a - b for a, b in zip(table["x"], table["c"])]
    table["w"] = [rng.randrange(0, 7) / 2 for _ in range(n)]
    table["f"] = [rng.choice("abcd"[:rng.choice((2, 3, 4))]) for _ in range(n)]
    table["g"] = [rng.choice("pq") for _ in range(n)]
    table["h"] = [rng.choice("uvw") for _ in range(n)]
    if rng.random() < 0.6:
        gap = rng.choice((0.05, 0.2))
        for k in table:
            table[k] = sweeps.with_gaps(rng, table[k], gap)
    return table


def check_tables(checks, program, path, rng, rounds):
    for _ in range(150 * rounds):
        table = random_table(rng)
        levels = {k: sorted({v for v in table[k] if v is not None})
                  for k in FACTORS}
        write(path, table)
        if any(len(levels[k]) < 2 for k in FACTORS):
            continue
        case = Case(rng)
        right = fit(case, table, levels)
        for engine in ("auto", "exact"):
            (row,) = rows(program, path, "--engine", engine, *case.options())
            check_row(checks, row, right,
                      f"{engine} {' '.join(case.options())}")


def same(checks, a, b, names, what):
    for name in names:
        good = (a[name] == b[name] or
                (a[name] and b[name] and math.isclose(
                    float(a[name]), float(b[name]), rel_tol=1e-9,
                    abs_tol=1e-11)))
        checks.that(good, what, name, a[name], b[name])


def check_equal(checks, program, path, rng):
    """What must not matter."""
    n = 60
    table = {k: sweeps.noise(rng, n) for k in ("y", "x", "c")}
    table["g"] = [rng.choice("pq") for _ in range(n)]
    table["f"] = [rng.choice("abc") for _ in range(n)]
    table["two"] = [int(v == "q") for v in table["g"]]
    table = {k: sweeps.with_gaps(rng, v, 0.1) for k, v in table.items()}
    table["two"] = [None if v is None else int(v == "q") for v in table["g"]]
    write(path, table)

    def one(*options, of=path):
        return rows(program, of, "-y", "y", "--columns", "all", *options)[0]

    for engine in ("auto", "exact"):
        by = ("--engine", engine)
        numbers = ("n", "df", "df1", "stat", "p", "r2", "sigma")
        same(checks, one(*by, "-x", "f", "-c", "c"),
             one(*by, "-x", "f", "-c", "c", "--ref", "f=c"), numbers,
             "reference of F")
        same(checks, one(*by, "-x", "g", "-c", "c"),
             one(*by, "-x", "two", "-c", "c"),
             (*numbers, "beta", "se", "intercept"), "two levels")
        a = one(*by, "-x", "g", "-c", "c")
        b = one(*by, "-x", "g", "-c", "c", "--ref", "g=q")
        checks.that(math.isclose(float(a["beta"]), -float(b["beta"]),
                                 rel_tol=1e-12), "other reference", a, b)
        a = one(*by, "-x", "x", "--interact", "g")
        slopes = []
        for level in "pq":
            part = {k: [u for u, v in zip(table[k], table["g"]) if v == level]
                    for k in table}
            write(path + level, part)
            slopes.append(float(one("-x", "x", of=path + level)["beta"]))
        checks.that(math.isclose(float(a["beta"]), slopes[1] - slopes[0],
                                 rel_tol=1e-10), "slopes of groups", a, slopes)


def main():
    program = sys.argv[1]
    rounds = int(os.environ.get("REGSWEEP_ROUNDS", "1"))
    rng = random.Random(1107 + rounds)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "d.csv")
        check_tables(checks, program, path, rng, rounds)
        for _ in range(3 * rounds):
            check_equal(checks, program, path, rng)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
