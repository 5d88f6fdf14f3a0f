#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""--permute holds its level whatever stands beside the test.

usage: permuted.py REGSWEEP        (SEED=N: other tables)

Twenty y have one strong effect in common, of x, of the interacting column or
of a covariate, and nothing else but noise; what is tested is a product, a
power or a factor, of which they have none. In 5 % of such tables the least
p_perm is at most 0.05, to four standard deviations; so it is with errors that
are skewed. By both engines p_perm is the same, and where there is an effect it
is found. Prints at the end `N passed, N failed, N skipped`.
"""

import math
import os
import random
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

PROGRAM = sys.argv[1]
TABLES = 150
checks = sweeps.Checks()

KINDS = {
    "product": ["-x", "x", "--interact", "z", "-c", "c"],
    "power": ["-x", "x", "--poly", "2", "-c", "c"],
    "factor": ["-x", "f", "--factor", "f", "--interact", "z"],
}


TESTED = {"product": lambda x, z, f: x * z, "power": lambda x, z, f: x * x,
          "factor": lambda x, z, f: z if f == "c" else 0.0}


def table(rng, n, kind, power):
    """y with an effect of all columns, and one of what is tested."""
    x, z, c = (sweeps.noise(rng, n) for _ in range(3))
    f = [rng.choice("abc") for _ in range(n)]
    columns = {"x": x, "z": z, "c": c, "f": f}
    for j in range(20):
        columns[f"y{j}"] = [
            (20 * (g == "b") + 20 * b if kind == "factor" else
             20 * a - 10 * d + (20 * b if kind == "product" else 0.0)) +
            power * TESTED[kind](a, b, g) + rng.expovariate(1.0)
            for a, b, d, g in zip(x, z, c, f)]
    return sweeps.text_of(columns)


def least(text, options, *more):
    rows = sweeps.rows(PROGRAM, "-", "-y", "y*", *options, "--permute", "59",
                       "-j", "1", "--columns", "p_perm", *more, text=text)
    p = [float(row["p_perm"]) for row in rows if row["p_perm"]]
    return min(p), p


def main():
    rng = random.Random(int(os.environ.get("SEED", "8")))
    for kind, options in KINDS.items():
        rejected = 0
        for _ in range(TABLES):
            rejected += least(table(rng, 40, kind, 0.0), options)[0] <= 0.05
        share = rejected / TABLES
        print(f"{kind}: {100 * share:.1f} % of {TABLES} tables")
        checks.that(share <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / TABLES), kind,
                    share)
        text = table(rng, 40, kind, 1.5)
        checks.that(least(text, options)[0] <= 0.05, kind, "effect")
        checks.that(least(text, options, "--engine", "exact") ==
                    least(text, options), kind, "engines")
    return checks.end()


sys.exit(main())
