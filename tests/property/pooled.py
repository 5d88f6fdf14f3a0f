#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pooled rows follow from the rows of the groups.

usage: pooled.py REGSWEEP        (SEED=N: other tables)

On random tables of groups, some of them too small or without a slope, the rows
of --pool-groups fixed and random are made again from the groups' rows of the
same run by the formulas of inverse variance and of DerSimonian and Laird: with
covariates, robust errors, interactions, sets of covariates, by both engines.
Screened runs hold those rows of the full run that meet the condition, and
adjusted p are of the pooled tests by themselves. What cannot be pooled is
refused. Prints at the end `N passed, N failed, N skipped`.
"""

import math
import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, with_gaps, write

PROGRAM = sys.argv[1]
NAME = "(pooled)"
checks = sweeps.Checks()


def table(rng):
    sizes = [rng.choice([3, 4, 15, 40]) for _ in range(rng.choice([2, 5, 9]))]
    groups = [f"g{k}" for k, size in enumerate(sizes) for _ in range(size)]
    groups += ["large"] * 50
    rng.shuffle(groups)
    n = len(groups)
    shift = {g: rng.gauss(0.0, 0.5) for g in set(groups)}
    x = noise(rng, n)
    out = {"g": groups, "c": noise(rng, n), "z": noise(rng, n), "x0": x,
           "x1": with_gaps(rng, noise(rng, n), 0.1),
           "x2": [1.0 if g == "g0" else v
                  for g, v in zip(groups, noise(rng, n))],
           "two": [rng.choice("ab") for _ in range(n)],
           "many": [rng.choice("abc") for _ in range(n)]}
    for j in range(3):
        out[f"y{j}"] = with_gaps(
            rng, [(0.3 * j + shift[g]) * v + e
                  for g, v, e in zip(groups, x, noise(rng, n))], 0.05)
    return out


def pool(groups, how):
    """k, beta, se, tau2, Q of the slopes of groups."""
    slopes = [(float(r["beta"]), float(r["se"]), int(r["n"])) for r in groups
              if r["se"] and 0.0 < float(r["se"]) < math.inf]
    if not slopes:
        return None
    weights = [1.0 / s ** 2 for _, s, _ in slopes]
    total = math.fsum(weights)
    mean = math.fsum(w * b for w, (b, _, _) in zip(weights, slopes)) / total
    q = math.fsum(w * (b - mean) ** 2 for w, (b, _, _) in zip(weights, slopes))
    tau2 = 0.0
    if how == "random" and len(slopes) > 1:
        tau2 = max(0.0, (q - len(slopes) + 1) /
                   (total - math.fsum(w * w for w in weights) / total))
        weights = [1.0 / (s ** 2 + tau2) for _, s, _ in slopes]
        total = math.fsum(weights)
        mean = math.fsum(w * b for w, (b, _, _) in zip(weights, slopes)) / total
    return {"k": len(slopes), "n": sum(n for _, _, n in slopes), "beta": mean,
            "se": total ** -0.5, "Q": q,
            "p": math.erfc(abs(mean) * total ** 0.5 / math.sqrt(2.0))}


def near(text, number):
    return abs(float(text) - number) <= 1e-9 * max(abs(number), 1e-3)


def key(row):
    return row.get("set"), row["y"], row["x"]


def run(path, *options):
    return sweeps.rows(PROGRAM, path, "-y", "y*", "-g", "g", *options)


def check_rows(rows, how, what):
    groups = {}
    for row in rows:
        if row["g"] != NAME:
            groups.setdefault(key(row), []).append(row)
    pooled = [row for row in rows if row["g"] == NAME]
    checks.that([row["g"] == NAME for row in rows] ==
                sorted(row["g"] == NAME for row in rows), "order", what)
    checks.that({key(row) for row in pooled} == set(groups) and
                len(pooled) == len(groups), "pairs", what)
    for row in pooled:
        wanted = pool(groups[key(row)], how)
        if wanted is None:
            checks.that(row["status"] == "n_too_small" and not row["beta"],
                        "none", what, row)
        else:
            checks.that(all(near(row[name], value)
                            for name, value in wanted.items()), what, row,
                        wanted)


def holm(rows):
    """p_holm of the tests among rows, by key."""
    tests = sorted((float(r["p"]), key(r)) for r in rows if r["p"])
    out, most = {}, 0.0
    for i, (p, name) in enumerate(tests):
        most = max(most, min(1.0, p * (len(tests) - i)))
        out[name] = most
    return out


def check_more(path, options, rows, what):
    """Screened, and adjusted, where the pooled are a family of their own."""
    for family in ("all", "group"):
        adjusted = [r for r in run(path, *options, "--adjust", "holm",
                                   "--family", family, "--columns", "+p_holm")
                    if r["g"] == NAME]
        wanted = holm(adjusted)
        checks.that(all(near(r["p_holm"], wanted[key(r)])
                        for r in adjusted if r["p"]), family, what)
    kept = [r for r in rows if r["p"] and float(r["p"]) <= 0.05]
    checks.that(run(path, *options, "--p-max", "0.05") == kept, "screened",
                what)


def check(rng, path):
    write(path, table(rng))
    how = rng.choice(["fixed", "random"])
    x = ["-x", rng.choice(["x*", "x*,two"])]
    model = rng.choice([[], ["-c", "c"], ["--se", "hc3"], ["-c", "c", "--se",
                                                           "hc1"],
                        ["--interact", "z"],
                        ["--model-set", "a: c", "--model-set", "b: c,z"]])
    options = [*x, *model, "--pool-groups", how]
    for engine in ("exact", "auto"):
        rows = run(path, *options, "--engine", engine)
        check_rows(rows, how, (how, *model, engine))
    check_more(path, options, rows, (how, *model))


def refused(path, word, *options):
    text = sweeps.run(PROGRAM, path, "-y", "y*", "-g", "g", "--pool-groups",
                      "fixed", *options, expect=2)[1]
    checks.that(word in text, *options, text)


def check_refusals(rng, path):
    columns = table(rng)
    write(path, columns)
    refused(path, "tested by F", "-x", "many")
    refused(path, "tested by F", "-x", "x0", "--interact", "z", "--interact-test",
            "both")
    refused(path, "spearman", "-x", "x0", "-m", "spearman")
    refused(path, "kendall", "-x", "x0", "-m", "kendall")
    columns["g"][0] = NAME
    write(path, columns)
    refused(path, NAME, "-x", "x0")
    checks.that(run(path, "-x", "x0")[0]["g"] == NAME, "no clash")


def main():
    rng = random.Random(int(os.environ.get("SEED", "3")))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.csv")
        for _ in range(10):
            check(rng, path)
        check_refusals(rng, path)
    return checks.end()


sys.exit(main())
