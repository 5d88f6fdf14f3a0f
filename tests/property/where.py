#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run with --where is the run of a file that has no other rows.

usage: where.py REGSWEEP

The rows that a condition keeps, by Python's own reading of it, are written to a
table of their own, whose result must be the same in every byte: with categories
as x and as covariates whose levels go with the rows, weights, groups, missing
cells, terms and both engines. Also: a column of two levels is the same column
as 0 and 1. Prints `N passed, N failed, N skipped`.
"""

import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import run, with_gaps, write


def table(rng, n):
    base = sweeps.noise(rng, n)
    out = {"age": with_gaps(rng, [rng.randint(18, 80) for _ in range(n)], 0.1),
           "sex": with_gaps(rng, rng.choices("FM", k=n), 0.1),
           "site name": with_gaps(rng, rng.choices(
               ["A", "b", "it's", "zz"], [4, 3, 2, 1], k=n), 0.1)}
    for i in range(3):
        out[f"y{i}"] = [round(b + rng.gauss(0, 1), 3) for b in base]
        out[f"x{i}"] = with_gaps(
            rng, [round(b + rng.gauss(0, 2), 3) for b in base], 0.05)
    out["code"] = with_gaps(rng, rng.choices(["1", "2.0", "02", "10"], k=n), 0.1)
    out["w"] = [rng.choice([0.5, 1.0, 2.0]) for _ in range(n)]
    return out


# A condition and what it is of a row; None: neither true nor false.
def less(a, b):
    return None if a is None else a < b


def same(a, b):
    return None if a is None else a == b


def no(a):
    return None if a is None else not a


def both(a, b):
    return False if a is False or b is False else \
        None if a is None or b is None else True


def either(a, b):
    return no(both(no(a), no(b)))


CONDITIONS = {
    "age >= 40": lambda r: no(less(r["age"], 40)),
    "not age >= 40": lambda r: less(r["age"], 40),
    "sex = 'F' or age < 30": lambda r: either(same(r["sex"], "F"),
                                             less(r["age"], 30)),
    "not (sex = 'F' and age < 30)": lambda r: no(both(same(r["sex"], "F"),
                                                      less(r["age"], 30))),
    "`site name` != 'it''s' and age is not missing":
        lambda r: both(no(same(r["site name"], "it's")), r["age"] is not None),
    "\"site name\" < 'b' or sex is missing":
        lambda r: either(None if r["site name"] is None
                         else r["site name"].encode() < b"b", r["sex"] is None),
    "code = 2": lambda r: None if r["code"] is None else float(r["code"]) == 2,
}

OPTIONS = [
    ["-x", "x*"],
    ["-x", "sex,site name,x0"],
    ["-x", "x*,code", "-c", "site name", "--factor", "code"],
    ["-x", "s*,x*", "--rows", "terms", "-c", "age"],
    ["-x", "s*,x*", "-w", "w", "--engine", "exact", "--se", "hc3"],
    ["-x", "x*", "-g", "code", "-c", "sex", "--adjust", "bh"],
    ["-x", "x*,age", "--missing", "listwise", "--transform", "zscore(x*)"],
]


def check_where(program, folder, rng, checks):
    columns = table(rng, rng.randint(60, 200))
    n = len(columns["age"])
    write(f"{folder}/all.csv", columns)
    for condition, holds in CONDITIONS.items():
        kept = [i for i in range(n)
                if holds({k: v[i] for k, v in columns.items()}) is True]
        write(f"{folder}/some.csv",
              {k: [v[i] for i in kept] for k, v in columns.items()})
        for options in OPTIONS:
            common = ["-q", "-y", "y*", *options]
            want = run(program, f"{folder}/some.csv", *common)[0]
            have = run(program, f"{folder}/all.csv", *common,
                       "--where", condition)[0]
            checks.that(have == want, condition, options)


def check_two_levels(program, folder, rng, checks):
    """Text of two levels, codes of --factor, and 0/1: the same numbers."""
    columns = table(rng, 120)
    columns["one"] = [None if s is None else int(s == "M")
                      for s in columns["sex"]]
    columns["coded"] = [None if s is None else {"F": "3", "M": "7.0"}[s]
                        for s in columns["sex"]]
    write(f"{folder}/two.csv", columns)
    for more in ([], ["-c", "x1,site name"], ["-w", "w"], ["--se", "hc1"]):
        def rows(x, *options):
            text = run(program, f"{folder}/two.csv", "-q", "-y", "y*", "-x", x,
                       "--columns", "y,n,df,df1,intercept,beta,se,stat,p,r2,"
                       "status", "--engine", "exact", *more, *options)[0]
            return sweeps.rows_of(text)
        want = rows("one")
        checks.that(rows("sex") == want, "text", more)
        checks.that(rows("coded", "--factor", "coded") == want, "codes", more)
        turned = rows("sex", "--ref", "sex=M")
        checks.that(all(abs(float(a["beta"]) + float(b["beta"]))
                        <= 1e-12 * abs(float(b["beta"]))
                        for a, b in zip(turned, want)), "reference", more)


def main():
    checks = sweeps.Checks()
    rng = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            check_where(sys.argv[1], folder, rng, checks)
            check_two_levels(sys.argv[1], folder, rng, checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
