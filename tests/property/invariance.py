#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not change when the data are changed in a way that does not matter.

usage: invariance.py REGSWEEP

Random tables (the seed is printed) with missing cells, a covariate and a
category: shifting and scaling columns, the order of rows and of columns, the
number of workers, and fitting a pair alone or in company.
"""

import math
import os
import random
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise

PROGRAM = sys.argv[1]
SEED = 20261121


def table(rng, n=60, k=8):
    columns = {f"v{j}": noise(rng, n) for j in range(k)}
    for j in range(1, k):
        mix = rng.random()
        columns[f"v{j}"] = [a + mix * b for a, b in
                            zip(columns[f"v{j}"], columns["v0"])]
    for values in columns.values():
        for i in range(n):
            if rng.random() < 0.05:
                values[i] = None
    columns["cat"] = [rng.choice("abc") for _ in range(n)]
    return columns


def fit(columns, *options, y="v1,v2,v3", x="v4,v5,v6,v7", cov="v0,cat"):
    options = ["-y", y, "-x", x, "--columns", "all", *options]
    if cov:
        options += ["-c", cov]
    rows = sweeps.rows(PROGRAM, "-", *options, text=sweeps.text_of(columns))
    return {(r["y"], r["x"]): r for r in rows}


def close(a, b, names, factor=None):
    for pair, row in a.items():
        for name in names:
            p, q = float(row[name]), float(b[pair][name])
            if factor:
                q *= factor(pair, name)
            if not math.isclose(p, q, rel_tol=1e-12, abs_tol=1e-14):
                print(pair, name, p, q)
                return False
    return a.keys() == b.keys()


SCALE_FREE = ["n", "df", "stat", "p", "neg_log10_p", "r", "r2"]


def changed(columns, name, function):
    copy = dict(columns)
    copy[name] = [None if v is None else function(v) for v in columns[name]]
    return copy


def check_scale(columns, rng):
    base = fit(columns)
    factor = 2.0 ** rng.randrange(-200, 200)
    scaled = fit(changed(columns, "v4", lambda v: v * factor))
    ok = close(base, scaled, SCALE_FREE)
    return ok and close(base, scaled, ["beta", "se"],
                        lambda pair, _: factor if pair[1] == "v4" else 1.0)


def check_shift(columns, _):
    # on a grid, so that the shift is exact
    grid = {k: [v if v is None or isinstance(v, str)
                else round(v * 1024) / 1024 for v in vs]
            for k, vs in columns.items()}
    moved = changed(changed(grid, "v4", lambda v: v + 1e9), "v0",
                    lambda v: v - 1e6)
    return close(fit(grid), fit(moved), SCALE_FREE + ["beta", "se", "sigma"])


def check_row_order(columns, rng):
    order = list(range(len(columns["v0"])))
    rng.shuffle(order)
    mixed = {k: [v[i] for i in order] for k, v in columns.items()}
    return close(fit(columns), fit(mixed), SCALE_FREE + ["beta", "se"])


def check_alone(columns, _):
    together = fit(columns)
    return all(fit(columns, y=y, x=x)[(y, x)] == row
               for (y, x), row in together.items())


def check_jobs(columns, _):
    return fit(columns, "-j", "1") == fit(columns, "-j", "5")


def check_symmetric(columns, _):
    one = fit(columns, y="v1", x="v2", cov="")[("v1", "v2")]
    two = fit(columns, y="v2", x="v1", cov="")[("v2", "v1")]
    return all(math.isclose(float(one[n]), float(two[n]), rel_tol=1e-12)
               for n in ("stat", "p", "r", "r2"))


def check_category_names(columns, _):
    # another reference level changes the intercept, nothing else
    names = {"a": "z", "b": "m", "c": "k"}
    other = dict(columns)
    other["cat"] = [names[v] for v in columns["cat"]]
    return close(fit(columns), fit(other), SCALE_FREE + ["beta", "se"])


def main():
    rng = random.Random(SEED)
    print(f"seed {SEED}")
    checks = sweeps.Checks()
    for check in (check_scale, check_shift, check_row_order, check_alone,
                  check_jobs, check_symmetric, check_category_names):
        for round_ in range(3):
            checks.that(check(table(rng), rng),
                        f"{check.__name__}, round {round_}")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
