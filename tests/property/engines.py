#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tile engine gives what the exact engine gives.

usage: engines.py REGSWEEP

Tables of many kinds - offsets, scales, ties, nearly perfect and nearly
collinear columns, constants, infinities, every pattern of missing values -
are swept by both engines, with and without covariates, weights and an
intercept, by every kernel that the machine has. Statuses and counts must be
equal and each number the same to 1e-10 relative. Prints one line a table and
at the end `N passed, N failed, N skipped`.
"""

import csv
import io
import math
import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, write

ALLOWED = 1e-10


def plain(rng, n):
    base = noise(rng, n)
    out = {f"v{i}": [0.3 * b + e for b, e in zip(base, noise(rng, n))]
           for i in range(30)}
    out["half"] = [float(i % 2) for i in range(n)]
    out["one"] = [1.0 if i == n // 2 else 0.0 for i in range(n)]
    out["ties"] = [float(rng.randrange(3)) for _ in range(n)]
    return out


def hard(rng, n):
    """Columns on which plain arithmetic would fail."""
    a = noise(rng, n)
    b = noise(rng, n)
    out = {"a": a, "b": b}
    for e in (0, 1e3, 1e6, 1e9):
        out[f"off{e:g}"] = [e + v for v in noise(rng, n)]
    for e in (1e-300, 1e-150, 1e-12, 1e12, 1e100, 1e290):
        out[f"scale{e:g}"] = [e * v for v in noise(rng, n)]
    for e in (1e-1, 1e-3, 1e-5, 1e-8, 1e-11, 1e-14):
        out[f"near{e:g}"] = [u + e * v for u, v in zip(a, noise(rng, n))]
    out["same"] = [2.0 * v for v in a]
    out["constant"] = [0.1] * n
    out["zero"] = [0.0] * n
    out["trend"] = [float(i) for i in range(n)]
    out["waves"] = [math.sin(0.9 * i) for i in range(n)]
    out["orthogonal"] = [1.0 if i % 2 else -1.0 for i in range(n)]
    out["blocks"] = [1.0 if i < n // 2 else -1.0 for i in range(n)]
    out["outlier"] = [1e8 if i == 3 else v
                      for i, v in enumerate(noise(rng, n))]
    out["infinite"] = [math.inf if i == 5 else v
                       for i, v in enumerate(noise(rng, n))]
    return out


def scatter(rng, columns, part):
    """Cells missing at random, in all columns but every fourth."""
    for i, values in enumerate(columns.values()):
        if i % 4 != 3:
            for k in range(len(values)):
                if rng.random() < part:
                    values[k] = None
    return columns


def share(rng, columns, part, patterns):
    """Columns that miss the same rows."""
    n = len(next(iter(columns.values())))
    missing = [[k for k in range(n) if rng.random() < part]
               for _ in range(patterns)]
    for values in columns.values():
        which = rng.randrange(patterns + 1)
        for k in missing[which] if which < patterns else ():
            values[k] = None
    return columns


def with_covariates(rng, columns):
    n = len(next(iter(columns.values())))
    columns["age"] = [50.0 + 10.0 * v for v in noise(rng, n)]
    columns["pc"] = [0.01 * v for v in noise(rng, n)]
    columns["site"] = [rng.choice("abcd") for _ in range(n)]
    columns["ward"] = [rng.choice("aaaabbcdefgh") for _ in range(n)]
    columns["weight"] = [rng.expovariate(1.0) * 1e4 for _ in range(n)]
    columns["weight"][1] = 0.0
    columns["weight"][2] = None
    columns["copy"] = [3.0 * v + 1.0 if v is not None else None
                       for v in columns["age"]]
    first = next(iter(columns.values()))
    columns["close"] = [v + 1e-4 * e if v is not None else 0.0
                        for v, e in zip(first, noise(rng, n))]
    return columns


EXTRA = "age,pc,site,ward,weight,copy,close"
MODELS = {
    "simple": [],
    "through 0": ["--no-intercept"],
    "covariates": ["-c", "age,pc,site"],
    "covariates through 0": ["--no-intercept", "-c", "age,site"],
    "dependent covariates": ["-c", "age,copy,pc,close"],
    "weights": ["-w", "weight"],
    "weights and covariates": ["-w", "weight", "-c", "age,site"],
    "HC0": ["--se", "hc0"],
    "HC1, covariates": ["--se", "hc1", "-c", "age,copy,pc,close"],
    "HC2, through 0": ["--se", "hc2", "--no-intercept", "-c", "pc"],
    "HC3": ["--se", "hc3"],
    "HC3, weights and covariates":
        ["--se", "hc3", "-w", "weight", "-c", "age,site"],
    "HC4, weights": ["--se", "hc4", "-w", "weight"],
    "clusters": ["--se", "cluster", "--cluster", "ward"],
    "clusters, weights and covariates":
        ["--se", "cluster", "--cluster", "ward", "-w", "weight", "-c", "pc"],
    "clusters of two columns":
        ["--se", "cluster", "--cluster", "ward,site", "-c", "age"],
    "Spearman": ["-m", "spearman"],
    "Spearman and covariates": ["-m", "spearman", "-c", "age,pc,site"],
    "min-n": ["--min-n", "30", "-c", "pc"],
    "unique": ["--pairs", "unique"],
}


def run(program, path, options, kernel):
    text, _ = sweeps.run(program, "-q", "--columns", "all", "-j", "2", path,
                         *options, kernel=kernel)
    return list(csv.reader(io.StringIO(text)))


def differences(header, mine, theirs):
    """(relative difference, column, rows) of each cell that differs."""
    for a, b in zip(mine, theirs):
        for name, u, v in zip(header, a, b):
            if u == v:
                continue
            try:
                u, v = float(u), float(v)
                yield abs(u - v) / max(abs(u), abs(v)), name, a, b
            except ValueError:
                yield math.inf, name, a, b


def compare(title, program, path, options, kernels):
    exact = run(program, path, [*options, "--engine", "exact"], "")
    failed = 0
    worst = 0.0
    for kernel in kernels:
        tile = run(program, path, options, kernel)
        if len(tile) != len(exact):
            print(f"  {title}: {len(tile)} rows, {len(exact)} expected")
            failed += 1
            continue
        for d, name, a, b in differences(exact[0], tile, exact):
            worst = max(worst, d)
            if d > ALLOWED:
                failed += 1
                if failed < 4:
                    print(f"  {title} ({kernel}): {name}: {a} != {b}")
    print(f"engines: {title}: {len(exact) - 1} pairs, "
          f"largest difference {worst:.2g}")
    return len(kernels) * (len(exact) - 1) - failed, failed


def usable_kernels(program, path):
    found = []
    for kernel in ("avx512", "avx2", "blas"):
        try:
            run(program, path, ["-y", "#1", "-x", "#2"], kernel)
            found.append(kernel)
        except RuntimeError:
            pass
    return found


def tables(rng):
    yield "plain", plain(rng, 200)
    yield "long", dict(list(plain(rng, 3000).items())[:12])
    yield "hard", hard(rng, 150)
    yield "scattered 5 %", scatter(rng, plain(rng, 200), 0.05)
    yield "scattered 60 %", scatter(rng, plain(rng, 90), 0.6)
    yield "shared patterns", share(rng, plain(rng, 300), 0.1, 4)
    yield "hard, scattered", scatter(rng, hard(rng, 120), 0.1)
    yield "tiny", scatter(rng, plain(rng, 6), 0.2)


def main():
    program = sys.argv[1]
    rng = random.Random(20240229)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        kernels = None
        for kind, columns in tables(rng):
            write(path, with_covariates(rng, columns))
            kernels = kernels or usable_kernels(program, path)
            for model, options in MODELS.items():
                lists = ["-y", f"*,!{EXTRA.replace(',', ',!')}"]
                if "unique" not in options:
                    lists += ["-x", lists[1]]
                passed, failed = compare(f"{kind}, {model}", program, path,
                                         lists + options, kernels)
                checks.passed += passed
                checks.failed += failed
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
