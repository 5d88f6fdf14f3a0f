#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Robust errors of both engines against rational arithmetic.

usage: covariances.py REGSWEEP

The tables and models of blocks.py, whose t or F is made of every kind of
standard errors: HC0 to HC4, one and two ways of clusters, Newey-West's with and
without a column of time, and surveys with strata, PSUs and each rule for one
that is alone; weighted, by analytic weights and by counts. A cluster is often
what a covariate's levels are, so that sums of scores are 0. n, df and status
must be equal, t squared or F right to 1e-9, or what near singularity leaves of digits.

REGSWEEP_ROUNDS=N makes N times as many tables, of other random numbers. Prints
at the end `N passed, N failed, N skipped`.
"""

import os
import random
import sys
import tempfile
from collections import defaultdict
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import blocks
import sweeps
from exact import decimal_of

LONELY = ("fail", "remove", "certainty", "adjust", "average")


class Kind:
    """What is asked for: its options, and the columns that rows must have."""

    def __init__(self, rng):
        self.name = rng.choice(("hc0", "hc1", "hc2", "hc3", "hc4", "cluster",
                                "cluster", "hac", "survey"))
        self.columns, self.time = [], None
        self.weights, self.counts = None, False
        self.options = ["--se", self.name]
        getattr(self, "ask_" + self.name, lambda rng: None)(rng)
        if self.name != "survey" and rng.random() < 0.5:
            self.weights = rng.choice(("w", "times"))
            self.counts = self.weights == "times"
            if self.counts and self.name == "hac":
                self.weights, self.counts = None, False
        if self.weights:
            self.options += ["-w", self.weights]
        if self.counts:
            self.options += ["--weights-are", "counts"]

    def ask_cluster(self, rng):
        self.columns = rng.choice((["k"], ["k"], ["m"], ["k", "q"],
                                   ["k", "m"]))
        self.options += ["--cluster", ",".join(self.columns)]

    def ask_hac(self, rng):
        self.lag = rng.choice((0, 1, 2, 5, 30))
        self.options += ["--lag", str(self.lag)]
        if rng.random() < 0.4:
            self.time = "m"
            self.columns = ["m"]
            self.options += ["--time", "m"]

    def ask_survey(self, rng):
        self.weights = "w"
        self.strata = rng.random() < 0.7
        self.psu = rng.random() < 0.7
        self.columns = ["q"] * self.strata + ["k"] * self.psu
        self.lonely = rng.choice(LONELY)
        self.options = ["--survey", "--lonely", self.lonely]
        self.options += ["--strata", "q"] * self.strata
        self.options += ["--psu", "k"] * self.psu


def products(vectors, k):
    return [[sum(v[a] * v[b] for v in vectors) for b in range(k)]
            for a in range(k)]


def combine(a, b, factor):
    return [[u + factor * v for u, v in zip(r, s)] for r, s in zip(a, b)]


class Rows:
    """A model's rows: scores[k][i] of one row, what leverage leaves of 1."""

    def __init__(self, space, m, y, e, w, counts):
        vectors = space.vectors[m:]
        one = [Fraction(1)] * len(y) if counts else w
        self.k = len(vectors)
        self.rank = len(space.vectors)
        self.times = w if counts else [Fraction(1)] * len(y)
        self.n = sum(self.times)
        self.theta = [blocks.inner(v, y, w) / vv for v, vv in vectors]
        self.scores = [[t * a * b / vv for t, a, b in zip(one, v, e)]
                       for v, vv in vectors]
        self.left = [1 - t * sum(v[i] ** 2 / vv for v, vv in space.vectors)
                     for i, t in enumerate(one)]

    def zeros(self):
        return [[Fraction(0)] * self.k for _ in range(self.k)]

    def sums(self, ids):
        """Scores by id, times counted."""
        out = defaultdict(lambda: [Fraction(0)] * self.k)
        for i, (t, name) in enumerate(zip(self.times, ids)):
            out[name] = [a + t * s[i] for a, s in zip(out[name], self.scores)]
        return out

    def divisor(self, kind, left):
        if kind in ("hc0", "hc1"):
            return Fraction(1)
        if kind == "hc4":
            power = min(Fraction(4), self.n * (1 - left) / self.rank)
            return Fraction(decimal_of(left) ** decimal_of(power))
        return left if kind == "hc2" else left * left

    def hc(self, kind):
        if kind in ("hc2", "hc3", "hc4") and min(self.left) == 0:
            return "leverage_one", None
        out = self.zeros()
        for i, t in enumerate(self.times):
            s = [[r[i] for r in self.scores]]
            out = combine(out, products(s, self.k),
                          t / self.divisor(kind, self.left[i]))
        if kind == "hc1":
            out = combine(self.zeros(), out, self.n / (self.n - self.rank))
        return "ok", out

    def cluster(self, columns):
        cuts = [(1, ids) for ids in columns]
        if len(columns) == 2:
            cuts.append((-1, list(zip(*columns))))
        out = self.zeros()
        for sign, ids in cuts:
            sums = self.sums(ids)
            g = len(sums)
            if g < 2:
                return "one_cluster", None, None
            part = Fraction(g, g - 1) * (self.n - 1) / (self.n - self.rank)
            out = combine(out, products(sums.values(), self.k), sign * part)
        return "ok", out, min(len(set(ids)) for ids in columns) - 1

    def hac(self, lag, times):
        order = sorted(range(len(self.times)), key=lambda i: times[i])
        s = [[r[i] for r in self.scores] for i in order]
        out = products(s, self.k)
        for j in range(1, min(lag, len(s) - 1) + 1):
            weight = 1 - Fraction(j, lag + 1)
            for a in range(self.k):
                for b in range(self.k):
                    out[a][b] += weight * sum(
                        s[t][a] * s[t - j][b] + s[t - j][a] * s[t][b]
                        for t in range(j, len(s)))
        return combine(self.zeros(), out, self.n / (self.n - self.rank))

    def survey(self, kind, psus, file_psus):
        """psus: (stratum, PSU) of each row; file_psus: sets by stratum"""
        sums = self.sums(psus)
        strata = {h for h, _ in sums}
        df = len(sums) - len(strata) + 1 - self.rank
        alone = [h for h in strata if len(file_psus[h]) < 2]
        if alone and kind.lonely == "fail":
            return "lonely_psu", None, None
        if df < 1:
            return "n_too_small", None, None
        out = self.zeros()
        for h in strata:
            n = len(file_psus[h])
            z = [v for p, v in sums.items() if p[0] == h]
            if n < 2 and kind.lonely == "adjust":
                out = combine(out, products(z, self.k), 1)
            if n < 2:
                continue
            z += [[Fraction(0)] * self.k] * (n - len(z))
            mean = [sum(v[a] for v in z) / n for a in range(self.k)]
            z = [[a - b for a, b in zip(v, mean)] for v in z]
            out = combine(out, products(z, self.k), Fraction(n, n - 1))
        if kind.lonely == "average" and len(alone) < len(strata):
            out = combine(self.zeros(), out,
                          Fraction(len(strata), len(strata) - len(alone)))
        return "ok", out, df


def wald(theta, v):
    """theta' V^-1 theta, None unless V is positive definite; and what of a
    variance the others leave at least."""
    rows = [[*r, t] for r, t in zip(v, theta)]
    out = Fraction(0)
    least = 1
    for i, row in enumerate(rows):
        if row[i] <= 0:
            return None, 0
        least = min(least, row[i] / v[i][i])
        for j in range(i + 1, len(rows)):
            part = rows[j][i] / row[i]
            rows[j] = [a - part * b for a, b in zip(rows[j], row)]
        out += row[-1] ** 2 / row[i]
    return out, least


def covariance(kind, rows, table, there, used):
    """Its outcome, itself, and other degrees of freedom."""
    if kind.name == "cluster":
        return rows.cluster([[table[c][i] for i in there]
                             for c in kind.columns])
    if kind.name == "hac":
        times = used[kind.time] if kind.time else range(len(there))
        return "ok", rows.hac(kind.lag, times), None
    if kind.name == "survey":
        def psu(i):
            return (table["q"][i] if kind.strata else "",
                    table["k"][i] if kind.psu else i)
        of_file = defaultdict(set)
        for i in range(len(table["y"])):
            if None not in psu(i):
                of_file[psu(i)[0]].add(psu(i))
        return rows.survey(kind, [psu(i) for i in there], of_file)
    return (*rows.hc(kind.name), None)


def fit(case, kind, table, levels):
    """What the row must say; None: blocks.py has the same case."""
    there, used = blocks.complete_rows(case, table, kind.columns, kind.weights)
    if not there:
        return None
    y = used["y"]
    w = used[kind.weights] if kind.weights else [Fraction(1)] * len(y)
    space, m, before, e = blocks.space_of(case, used, levels, w)
    n = sum(w) if kind.counts else len(y)
    explained = m > case.intercept and not any(before)
    if (len(space.kept) == m or n - len(space.kept) < 1 or not any(e) or
            blocks.constant(y, case.intercept) or explained):
        return None
    rows = Rows(space, m, y, e, w, kind.counts)
    status, v, df = covariance(kind, rows, table, there, used)
    out = {"status": status, "n": n}
    if status != "ok":
        return out
    out["df"] = n - rows.rank if df is None else df
    stat, out["least"] = wald(rows.theta, v)
    if stat is None or not any(map(any, rows.scores)):
        out["status"] = "no_variance"
    else:
        out["stat2"] = stat / (rows.k if blocks.by_f(case, levels) else 1)
    return out


def random_table(rng):
    table = blocks.random_table(rng)
    n = len(table["y"])
    for name in ("x", "z", "c", "y"):
        column = {0: [float(i == 0) for i in range(n)],
                  1: [v and 2.0 ** 200 * v for v in table[name]],
                  2: [v and 2.0 ** -200 * v for v in table[name]],
                  3: [v if v is None else 1e9 + int(v) for v in table[name]],
                  4: [float(rng.randint(0, 1)) for _ in range(n)]}
        table[name] = column.get(rng.randrange(20), table[name])
    table["k"] = [rng.choice("abcdefg"[:rng.choice((1, 2, 4, 7))])
                  for _ in range(n)]
    table["q"] = [rng.choice("1112223") for _ in range(n)]
    table["m"] = [float(rng.randrange(6)) for _ in range(n)]
    table["times"] = [float(rng.randrange(4)) for _ in range(n)]
    if rng.random() < 0.4:
        table["h"] = list(table["k"])
    if rng.random() < 0.3:
        for name in "kqm":
            table[name] = sweeps.with_gaps(rng, table[name], 0.1)
    return table


def is_right(row, right, by_f):
    if row["status"] != right["status"] or int(row["n"]) != right["n"]:
        return False
    if "df" in right and float(row["df"]) != right["df"]:
        return False
    if "stat2" not in right:
        return row["stat"] == row["p"] == ""
    stat = float(row["stat"])
    want = float(right["stat2"])
    allowed = 1e-9 + 1e-15 / float(right["least"])
    return abs((stat if by_f else stat * stat) - want) <= max(allowed * want,
                                                              1e-18)


def main():
    program = sys.argv[1]
    rounds = int(os.environ.get("REGSWEEP_ROUNDS", "1"))
    rng = random.Random(2811 + rounds)
    checks = sweeps.Checks()
    seen = defaultdict(int)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "d.csv")
        while checks.passed + checks.failed < 160 * rounds:
            table = random_table(rng)
            levels = {c: sorted({v for v in table[c] if v is not None})
                      for c in blocks.FACTORS}
            case, kind = blocks.Case(rng), Kind(rng)
            case.weights = False
            case.power = min(case.power, 2)  # 1e27 + 1 has too many digits
            right = fit(case, kind, table, levels)
            if right is None or any(len(v) < 2 for v in levels.values()):
                continue
            sweeps.write(path, table)
            options = case.options() + kind.options
            for engine in ("auto", "exact"):
                (row,) = sweeps.rows(program, path, "--engine", engine,
                                     *options)
                seen[right["status"]] += 1
                checks.that(is_right(row, right, blocks.by_f(case, levels)),
                            engine, options, row,
                            {k: v if k == "status" else float(v)
                             for k, v in right.items()})
    print(f"covariances: {dict(seen)}")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
