#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits of --bootstrap do not depend on how a model is said.

usage: bootstrap.py REGSWEEP        (SEED=N: other tables)

On random tables with missing cells, weights, covariates, absorbed levels and
clusters: the highest power of --poly has the limits of that power's column
beside the lower ones as covariates; a product those of a column of products;
a factor of two levels those of 0 and 1, and with the other reference those
turned round; clusters of one row each those of rows, clusters under other
names the same; with one cluster there are none. Limits are the same to the
last byte whichever --se there is, by both engines, and for any number of
workers. What is tested by F, and clusters by two columns, are refused. Prints
at the end `N passed, N failed, N skipped`.
"""

import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, with_gaps, write

PROGRAM = sys.argv[1]
LIMITS = ["boot_low", "boot_high", "bca_low", "bca_high"]
checks = sweeps.Checks()


def table(rng):
    n = rng.choice([60, 90, 140])
    x = [float(f"{v:.5g}") for v in noise(rng, n)]
    z = [float(f"{v:.5g}") for v in noise(rng, n)]
    x = with_gaps(rng, x, rng.choice([0.0, 0.08]))
    c = noise(rng, n)
    two = [rng.choice("ab") for _ in range(n)]
    cluster = [rng.randrange(n // 4) for _ in range(n)]
    effect = noise(rng, n // 4)
    y = [1.5 * (v or 0.0) ** 2 + w * (v or 0.0) + u + e + effect[g]
         for v, w, u, e, g in zip(x, z, c, noise(rng, n), cluster)]
    return {
        "y": with_gaps(rng, y, rng.choice([0.0, 0.05])), "x": x, "z": z, "c": c,
        "x2": [v if v is None else v * v for v in x],
        "xz": [v if v is None else v * w for v, w in zip(x, z)],
        "two": two, "is_b": [int(v == "b") for v in two],
        "w": [0.5 + rng.random() for _ in range(n)],
        "level": [f"l{i * 7 % 23}" for i in range(n)],
        "cluster": cluster, "named": [f"<{g}>" for g in cluster],
        "row": list(range(n)), "one": ["all"] * n}


def limits(path, x, *options):
    rows = sweeps.rows(PROGRAM, path, "-y", "y", "-x", x, "--columns", "+boot",
                       "--bootstrap", "99", *options)
    return [rows[0][name] for name in LIMITS]


def near(a, b, size=1.0):
    numbers = [(float(v), float(w)) for v, w in zip(a, b) if v and w]
    return ([v == "" for v in a] == [v == "" for v in b] and numbers
            and all(abs(v - size * w) <= 1e-9 * max(abs(v), 1.0)
                    for v, w in numbers))


def turned(a):
    return [a[1], a[0], a[3], a[2]]


def refused(path, *options):
    return "bootstrap" in sweeps.run(
        PROGRAM, path, "-y", "y", "--bootstrap", "99", *options, expect=2)[1]


def check(rng, path):
    write(path, table(rng))
    model = (rng.choice([[], ["-w", "w"]]) +
             rng.choice([[], ["--se", "hc0"],
                         ["--se", "cluster", "--cluster", "cluster"],
                         ["--cluster", "cluster"]]))
    covariates = rng.choice(["c", "c,level"])
    c = ["-c", covariates]
    what = (path, *model, *c)
    checks.that(near(limits(path, "x", "--poly", "2", *c, *model),
                     limits(path, "x2", "-c", covariates + ",x", *model)),
                "poly", *what)
    product = limits(path, "x", "--interact", "z", *c, *model)
    checks.that(near(product, limits(path, "xz", "-c", covariates + ",z,x",
                                     *model)), "interact", *what)
    both = limits(path, "two", *c, *model)
    checks.that(near(both, limits(path, "is_b", *c, *model)), "0/1", *what)
    checks.that(near(turned(both), limits(path, "two", "--ref", "two=b", *c,
                                          *model), -1.0), "reference", *what)
    plain = [o for o in model if o not in ("--se", "hc0", "--cluster",
                                           "cluster")]
    checks.that(limits(path, "x", *c, *plain) ==
                limits(path, "x", *c, *plain, "--cluster", "row"), "rows",
                *what)
    by = limits(path, "x", *c, *plain, "--cluster", "cluster")
    for more in (["--cluster", "named"], ["--engine", "exact", "--cluster",
                                          "cluster"],
                 ["-j", "2", "--se", "cluster", "--cluster", "cluster"]):
        checks.that(by == limits(path, "x", *c, *plain, *more), *more, *what)
    checks.that(by != limits(path, "x", *c, *plain), "clusters", *what)
    checks.that(limits(path, "x", *c, "--se", "cluster", "--cluster",
                       "one")[0] == "", "one cluster", *what)
    checks.that(refused(path, "-x", "level"), "F", *what)
    checks.that(refused(path, "-x", "x", "--interact", "z", "--interact-test",
                        "both"), "both", *what)
    checks.that(refused(path, "-x", "x", "--cluster", "cluster,row"),
                "two-way", *what)


def main():
    rng = random.Random(int(os.environ.get("SEED", "11")))
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(6):
            check(rng, os.path.join(folder, "t.csv"))
    return checks.end()


sys.exit(main())
