#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `describe` says of random tables is what Python finds in them.

usage: descriptions.py REGSWEEP

Counts, distinct values, levels and their reference, moments: of numbers with
gaps, codes, text, dates, ids, numbers with a bad cell, and hostile names; by
csv and by jsonl. The table for people has no line beyond 80 columns but those
that hold one name, and the sweep that it offers runs. Prints
`N passed, N failed, N skipped`.
"""

import csv
import io
import json
import math
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

SEED = 20261128
MOST = 1000


def described(program, path, *options):
    done = subprocess.run([program, "describe", path, *options],
                          env=dict(os.environ, LC_ALL="C"),
                          capture_output=True, check=True)
    return done.stdout.decode()


def column(rng, n):
    """Cells of a column of some kind."""
    kind = rng.randrange(7)
    if kind == 0:
        return sweeps.with_gaps(rng, sweeps.noise(rng, n, 10.0), 0.1)
    if kind == 1:
        return [rng.randrange(rng.choice([1, 2, 5, 3000])) for _ in range(n)]
    if kind == 2:
        levels = ["a", "B", "c, d", "NULL", "x y", "é", '"']
        return sweeps.with_gaps(rng, rng.choices(levels, k=n), 0.1)
    if kind == 3:
        return [f"2024-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(n)]
    if kind == 4:
        return [f"s{i}" for i in range(n)]
    cells = [str(rng.randrange(50)) for _ in range(n)]
    if kind == 5:
        cells[rng.randrange(n)] = "28.4?"
    return cells


NAMES = ["age", "a name, with a comma", "it's", "血圧の値", "x" * 90, "a;b|c",
         "per cent %", "tab\there", "#3", "!not", "@file", "a:b", "g*", ""]


def table(rng):
    n = rng.choice([12, 50, 2500])
    names = rng.sample(NAMES, rng.randrange(3, 9))
    return {name: column(rng, n) for name in names}


def number(cell):
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None


def holds(found, cells):
    """What differs between a row of JSON and the cells; None: nothing."""
    there = [cell for cell in cells if cell is not None]
    numbers = [number(cell) for cell in there]
    numeric = None not in numbers
    distinct = len(set(numbers if numeric else map(str, there)))
    expected = {"type": "numeric" if numeric else "text", "n": len(there),
                "missing": len(cells) - len(there),
                "distinct": min(distinct, MOST + 1),
                "distinct_exact": int(distinct <= MOST)}
    if not numeric:
        words = [c for c in there if str(c) in ("NULL",)]
        expected["not_numbers"] = numbers.count(None) - len(words)
        expected["missing_words"] = len(words)
        few = expected["not_numbers"] * 2 <= len(there) and not words
        if not few and distinct <= 50:
            expected["levels"] = sorted(set(there), key=str.encode)
            expected["reference"] = expected["levels"][0]
    for name, value in expected.items():
        if found[name] != value:
            return f"{name}: {found[name]} for {value}"
    if not numeric or not numbers:
        return None
    moments = {"mean": statistics.fmean(numbers), "min": min(numbers),
               "max": max(numbers), "sd": statistics.stdev(numbers)}
    for name, value in moments.items():
        if not math.isclose(found[name], value, rel_tol=1e-12, abs_tol=1e-12):
            return f"{name}: {found[name]} for {value}"
    return None


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def check_people(checks, program, path, text):
    """The table, and the sweep that it offers."""
    for line in text.split("\n"):
        checks.that(width(line) <= 80 or "x" * 90 in line, "width", line)
    offered = re.search(r"A sweep to begin with:\n((?:.|\n)*)\Z", text)
    if offered is None:
        return
    command = offered.group(1).strip().replace("regsweep", program, 1)
    done = subprocess.run(["bash", "-c", command + " -q"], capture_output=True,
                          check=False)
    checks.that(done.returncode == 0 and done.stdout.count(b"\n") > 1,
                "offered", command, done.stderr, path)


def same(cell, value):
    if isinstance(value, list):
        return True  # joined in csv
    return cell == "" if value is None else \
        cell == value if isinstance(value, str) else float(cell) == value


def check(checks, program, columns, path):
    sweeps.write(path, columns)
    lines = described(program, path, "-q", "--format", "jsonl").split("\n")
    rows = [json.loads(line) for line in lines if line]
    checks.that([row["column"] for row in rows] == list(columns), "names")
    for row, cells in zip(rows, columns.values()):
        trouble = holds(row, cells)
        checks.that(trouble is None, row["column"], trouble)
    text = described(program, path, "-q", "--format", "csv")
    for found, row in zip(csv.DictReader(io.StringIO(text, newline="")), rows):
        checks.that(list(found) == list(row) and
                    all(same(found[k], row[k]) for k in row), found, row)
    check_people(checks, program, path, described(program, path))


def main():
    rng = random.Random(SEED)
    checks = sweeps.Checks()
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(60):
            check(checks, program, table(rng), os.path.join(folder, "t's.csv"))
    print(f"seed {SEED}")
    return checks.end()


sys.exit(main())
