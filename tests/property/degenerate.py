#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both engines agree on tables of what goes wrong, and on what is kept.

usage: degenerate.py REGSWEEP

Columns that are constant, collinear, explained, missing, of one odd row, far
from 0, of 1e150 and 1e-150; factors of one level, of a level a row, of rare
ones; weights of 0 and over many decades; few rows; by any option at random.
Statuses, n and degrees of freedom must be equal, numbers to 1e-9. Then, of the
same run: rows with --p-max are those of all rows that meet it, byte for byte;
--top are the best of them; a matrix has their numbers; rows of terms and of
groups are equal by both engines; a set of covariates is a run with -c.

REGSWEEP_ROUNDS=N makes N times as many runs, of other random numbers. Prints
at the end `N passed, N failed, N skipped`.
"""

import ast
import math
import os
import random
import struct
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise

X = ["x0", "x1", "far", "big", "tiny", "five", "last", "bit", "near", "gone",
     "few", "year", "wild", "c2"]
Y = ["y0", "yfar", "ybig", "ytiny", "yc", "yfive", "yfirst", "ybit", "yyear",
     "ynone", "yfew"]
FACTORS = ["f1", "f2", "f3", "f5", "frare", "frow", "fmany"]
COVARIATES = ["c", "d", "steps", "year0", "one", "h3", "h2", "h1", "hmany",
              "hrare", "hrow"]
MEASURES = "+ci,+df,+df1,+r,+sigma,+aic,+neg_log10_p"
# What is not a number.
TEXTS = {"y", "x", "n", "df", "df1", "status", "level", "reference", "term",
         "model", "set", "h3", "hmany"}
SMALL = {"r": 1e-2, "r2": 1e-2, "partial_r2": 1e-2, "adj_r2": 1e-2}


def numbers(rng, n):
    c, d, x0 = noise(rng, n), noise(rng, n), noise(rng, n)
    few = [float(rng.choice((-1, 0, 1))) for _ in range(n)]
    odd = [0.0] * (n - 1) + [1.0]
    return {
        "c": c, "d": d, "c2": [2 * v - 1 for v in c],
        "steps": [float(rng.randint(0, 3)) for _ in range(n)],
        "year0": [1900 + rng.randint(0, 120) for _ in range(n)],
        "one": [1.0] * n, "x0": x0, "x1": noise(rng, n),
        "far": [1e9 + v for v in noise(rng, n)], "big": noise(rng, n, 1e150),
        "tiny": noise(rng, n, 1e-150), "five": [5.0] * n, "last": odd,
        "bit": [rng.randint(0, 1) for _ in range(n)],
        "near": [1.0 + v for v in odd],
        "gone": [a - b for a, b in zip(c, d)], "few": few,
        "year": [1990 + rng.randint(0, 20) for _ in range(n)],
        "wild": [v * 10.0 ** rng.choice((0, 0, 0, 3, 6))
                 for v in noise(rng, n)],
        "y0": [a + b for a, b in zip(x0, noise(rng, n))],
        "yfar": [1e9 + round(v, 3) for v in noise(rng, n)],
        "ybig": noise(rng, n, 1e150), "ytiny": noise(rng, n, 1e-150),
        "yc": [1 + 2 * v for v in c], "yfive": [3.5] * n, "yfirst": odd[::-1],
        "ybit": [rng.randint(0, 1) for _ in range(n)],
        "yyear": [2000 + rng.randint(0, 20) for _ in range(n)],
        "ynone": [None] * n, "yfew": [2 * v + 1 for v in few],
        "w": [rng.choice((0, 0.5, 1, 2, 3)) for _ in range(n)],
        "ww": [10.0 ** rng.uniform(-8, 8) for _ in range(n)],
        "wc": [rng.choice((0, 1, 1, 2, 3)) for _ in range(n)],
        "k2": [rng.randint(0, 3) for _ in range(n)], "krow": list(range(n)),
        "time": [rng.randint(0, 20) for _ in range(n)]}


def table(rng, n=None):
    n = n or rng.choice((2, 3, 5, 8, 12, 20, 20, 33, 40, 64, 90))
    out = numbers(rng, n)
    for f in "fh":
        out[f + "1"] = ["a"] * n
        out[f + "2"] = [rng.choice("pq") for _ in range(n)]
        out[f + "3"] = [rng.choice("uvw") for _ in range(n)]
        out[f + "5"] = [rng.choice("ABCDE") for _ in range(n)]
        out[f + "rare"] = ["S"] + [rng.choice("TU") for _ in range(n - 1)]
        out[f + "row"] = [f"L{i}" for i in range(n)]
        out[f + "many"] = [f"M{rng.randrange(max(2, n // 3))}"
                           for _ in range(n)]
    out["k1"] = [f"k{rng.randrange(5)}" for _ in range(n)]
    out["kone"] = ["z"] * n
    out["stratum"] = [rng.choice("12") for _ in range(n)]
    gap = rng.choice((0, 0, 0.05, 0.05, 0.3))
    for name in out:
        if rng.random() < 0.8:
            out[name] = sweeps.with_gaps(rng, out[name], gap)
    return out


def errors_and_weights(rng):
    kind = rng.choice([""] * 5 + ["hc0", "hc1", "hc2", "hc3", "hc4", "cluster",
                                  "cluster", "hac", "survey"])
    weights = rng.choice(("", "", "", "w", "ww", "wc"))
    out = ["--se", kind] if kind and kind != "survey" else []
    if kind == "cluster":
        out += ["--cluster", rng.choice(("k1", "k2", "kone", "krow", "hmany",
                                         "k1,k2", "k1,krow", "kone,k1"))]
    if kind == "hac":
        out += ["--lag", rng.choice("0139")] + ["--time", "time"] * (
            rng.random() < 0.4)
    if kind == "survey":
        weights = weights or "w"
        out += ["--survey", "--lonely", rng.choice(
            ("fail", "remove", "certainty", "adjust", "average"))]
        out += ["--strata", "stratum"] * (rng.random() < 0.7)
        out += ["--psu", "k1"] * (rng.random() < 0.7)
    out += ["-w", weights] if weights else []
    if weights == "wc" and kind not in ("hac", "survey"):
        out += ["--weights-are", rng.choice(("counts", "analytic"))]
    return out


class Case:
    def __init__(self, rng):
        self.model = rng.choice(["ols"] * 10 + ["spearman", "kendall"])
        self.y = rng.sample(Y, rng.randint(2, 6))
        self.x = rng.sample(X, rng.randint(1, 8))
        if self.model == "ols":
            self.x += rng.sample(FACTORS, rng.choice((0, 0, 1, 3, 5)))
        self.covariates = []
        if self.model != "kendall" and rng.random() < 0.65:
            self.covariates = rng.sample(COVARIATES, rng.choice((1, 1, 2, 3)))
        self.more = ["-m", self.model]
        if self.model == "ols":
            self.linear(rng)
        if rng.random() < 0.1:
            self.more += ["--missing", "listwise"]
        if rng.random() < 0.1:
            self.more += ["--min-n", str(rng.randint(1, 30))]

    def linear(self, rng):
        self.more += errors_and_weights(rng)
        self.more += ["--no-intercept"] * (rng.random() < 0.25)
        if rng.random() < 0.25:
            z = rng.choice(("c", "d", "steps", "h1", "h2", "h3", "one"))
            self.more += ["--interact", z]
            self.more += ["--interact-test", "both"] * (rng.random() < 0.4)
        elif rng.random() < 0.15 and not set(self.x) & set(FACTORS):
            self.more += ["--poly", rng.choice("23")]
            self.more += ["--poly-test", "all"] * (rng.random() < 0.4)

    def options(self):
        out = ["-y", ",".join(self.y), "-x", ",".join(self.x)]
        if self.covariates:
            out += ["-c", ",".join(self.covariates)]
        return out + self.more


def close(a, b, name, condition=1.0):
    if a == b:
        return True
    if not a or not b:
        return False
    a, b = float(a), float(b)
    allowed = max(abs(a), abs(b), SMALL.get(name, 0.0))
    return abs(a - b) <= 1e-9 * condition * allowed


def same_row(a, b):
    """Nothing, or what differs."""
    for name, value in a.items():
        condition = 1.0
        if name == "p" and a["stat"]:
            condition = max(1.0, float(a["stat"]) ** 2)
        if value != b[name] and (name in TEXTS or
                                 not close(value, b[name], name, condition)):
            return name
    return None


def same_rows(checks, a, b, what):
    checks.that(len(a) == len(b), "rows", what, len(a), len(b))
    for p, q in zip(a, b):
        name = same_row(p, q)
        checks.that(name is None, what, name, p, q)


class Run:
    """The program on a file, by one engine or both."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.path = os.path.join(folder, "d.csv")
        self.refused = 0

    def rows(self, *options):
        """Rows by the engine of choice; None where it refuses."""
        try:
            return sweeps.rows(self.program, "-j", "1", self.path, *options)
        except RuntimeError as error:
            if "out of memory" in str(error) or "internal" in str(error):
                raise
            self.refused += 1
            return None

    def both(self, checks, *options):
        auto = self.rows(*options)
        exact = self.rows("--engine", "exact", *options)
        checks.that((auto is None) == (exact is None), "refused", options)
        if auto is not None and exact is not None:
            same_rows(checks, exact, auto, options)
        return auto


def matrix(path):
    """Values by the names of y and x."""
    parts = []
    with open(path, "rb") as file:
        for kind in "dss":
            file.read(8)
            size, = struct.unpack("<H", file.read(2))
            head = ast.literal_eval(file.read(size).decode())
            count = math.prod(head["shape"])
            if kind == "d":
                parts.append(struct.unpack(f"<{count}d", file.read(8 * count)))
                continue
            wide = 4 * int(head["descr"].lstrip("<U"))
            parts.append([file.read(wide).decode("utf-32-le").rstrip("\0")
                          for _ in range(count)])
    values, y, x = parts
    return {(a, b): values[i * len(x) + j] for i, a in enumerate(y)
            for j, b in enumerate(x)}


def check_kept(checks, run, case, rows, rng):
    """Screened rows, the best, and a matrix are those rows."""
    options = [*case.options(), "--columns", MEASURES]
    p_max = rng.choice(("0.01", "0.05", "0.3"))
    tests = [r for r in rows if r["p"] or r["status"] == "perfect_fit"]
    kept = [r for r in tests if not r["p"] or float(r["p"]) <= float(p_max)]
    checks.that(run.rows(*options, "--p-max", p_max) == kept, "screened",
                p_max, options)
    best = sorted(tests, key=lambda r: float(r["p"]) if r["p"] else -1.0)
    checks.that([r["p"] for r in run.rows(*options, "--top", "4")] ==
                [r["p"] for r in best[:4]], "top", options)
    path = os.path.join(run.folder, "m.npy")
    name = rng.choice(("p", "stat", "n"))
    run.rows(*case.options(), "--columns", name, "-o", path, "-f")
    values = matrix(path)
    checks.that(all(repr(values[r["y"], r["x"]]) ==
                    (repr(float(r[name])) if r[name] else "nan")
                    for r in rows), "matrix", name, options)


def check_sets(checks, run, case, rng, sets=None):
    """A set of covariates is a run with -c."""
    sets = sets or {name: rng.sample(COVARIATES, rng.choice((1, 2)))
                    for name in "AB"}
    plain = case.options()
    options = [o for name, columns in sets.items()
               for o in ("--model-set", f"{name}: {','.join(columns)}")]
    rows = run.rows(*plain, *options, "--columns", MEASURES)
    if all(run.rows(*plain, "-c", ",".join(c)) is None for c in sets.values()):
        return
    checks.that(rows is not None, "sets", plain, sets)
    for name, columns in sets.items():
        want = run.rows(*plain, "-c", ",".join(columns), "--columns", MEASURES)
        if want is None:
            continue
        have = [{k: v for k, v in r.items() if k != "set"}
                for r in rows or [] if r["set"] == name]
        same_rows(checks, want, have, ("set", plain, columns))


# What once differed: options and sets.
FOUND = [
    "-y y0,yyear -x x0,year,f3 --interact h1",
    "-y y0,ybit -x f1,x0 -c one --no-intercept",
    "-y yyear,yfar -x far,x0 --poly 2",
    "-y y0,ybit -x x0,x1,year,f1,f2 -c steps,h3",
]


def check_found(checks, run, rng):
    for options in FOUND:
        sweeps.write(run.path, {k: sweeps.with_gaps(rng, v, 0.1) for k, v in
                                table(rng, 40).items()})
        checks.that(run.both(checks, *options.split()) is not None, options)
    case = Case(rng)
    case.y, case.x, case.covariates = ["y0", "ybit"], ["x0", "f2"], []
    case.more = ["--se", "cluster", "--cluster", "k1"]
    sweeps.write(run.path, table(rng, 2))
    check_kept(checks, run, case, run.both(checks, *case.options(),
                                           "--columns", MEASURES), rng)
    sweeps.write(run.path, table(rng, 40))
    case.y, case.x = ["y0"], ["f2", "f3", "x0"]
    case.more = ["--no-intercept"]
    check_sets(checks, run, case, rng, {"A": ["h3"], "B": ["c"]})
    case.x = ["x0"]
    check_sets(checks, run, case, rng, {"A": ["x0"], "B": ["c"]})


def main():
    program = sys.argv[1]
    rounds = int(os.environ.get("REGSWEEP_ROUNDS", "1"))
    rng = random.Random(4711 + rounds)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        run = Run(program, folder)
        check_found(checks, run, rng)
        for turn in range(24 * rounds):
            sweeps.write(run.path, table(rng))
            case = Case(rng)
            options = [*case.options(), "--columns", MEASURES]
            rows = run.both(checks, *options)
            if rows is None:
                continue
            check_kept(checks, run, case, rows, rng)
            if turn % 3 == 0 and case.model == "ols":
                run.both(checks, *case.options(), "--rows", "terms")
            if turn % 3 == 1:
                run.both(checks, *options, "-g", rng.choice(("h3", "hmany")))
    if turn % 3 == 2 and "--interact" not in case.more:
                case.covariates = []
                check_sets(checks, run, case, rng)
    print(f"degenerate: {run.refused} refused")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
