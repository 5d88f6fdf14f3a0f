#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Lines hold what the CSV holds: the same rows, keys and numbers.

usage: jsonl.py REGSWEEP

Random tables (the seed is printed) with missing cells, constant, equal and
extreme columns, so that many fields are not available; all columns, every
number of digits, plain and compressed.
"""

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

PROGRAM = sys.argv[1]
SEED = 20261122
NUMBERS_OF_DIGITS = (None, 1, 3, 6, 9, 15, 17)


def table(rng):
    n = rng.randrange(3, 40)
    columns = {}
    for j in range(10):
        scale = 10.0 ** rng.choice([0, 0, 0, 3, -8, 150, -150])
        columns[f"v {j}"] = [rng.gauss(0, 1) * scale for _ in range(n)]
    columns['"const"'] = [7.5] * n
    columns["twin,"] = list(columns["v 1"])
    columns["inf"] = [float("inf")] + [1.0] * (n - 1)
    for name in ("v 2", "v 3"):
        columns[name] = [v if rng.random() < 0.6 else "" for v in columns[name]]
    return sweeps.text_of(columns)


def run(data, *options):
    return sweeps.run(PROGRAM, "-q", "-", "-y", "*", "-x", "*", *options,
                      text=data)[0]


def equal(text, value):
    """A field of the CSV and a value of the object."""
    if text == "" or value is None:
        return text == "" and value is None
    if isinstance(value, str):
        return text == value
    return float(text) == float(value) and \
        isinstance(value, int) == (not set(text) & set(".e"))


def refuse(word):
    raise ValueError(word)


def agree(data, options):
    rows = csv.reader(io.StringIO(run(data, *options), newline=""))
    titles = next(rows)
    whole = run(data, *options, "--format", "jsonl")
    with tempfile.TemporaryDirectory() as folder:
        run(data, *options, "-o", folder + "/a.jsonl.gz")
        run(data, *options, "-o", folder + "/a.jsonl.zst")
        for tool, name in (("gzip", "gz"), ("zstd", "zst")):
            got = subprocess.run([tool, "-qdc", f"{folder}/a.jsonl.{name}"],
                                 capture_output=True, check=True).stdout
            if got.decode() != whole:
                return f"{name}: other bytes"
    lines = whole.split("\n")
    if lines.pop() != "":
        return "no line end"
    for row in rows:
        if not lines:
            return "too few objects"
        found = json.loads(lines.pop(0), parse_constant=refuse)
        if list(found) != titles:
            return f"keys {list(found)}"
        for title, text in zip(titles, row):
            if not equal(text, found[title]):
                return f"{title}: {text!r}, {found[title]!r}"
    return "too many objects" if lines else None


def main():
    rng = random.Random(SEED)
    checks = sweeps.Checks()
    for digits in NUMBERS_OF_DIGITS:
        for options in ([], ["--columns", "all", "-c", "v 9"],
                        ["--top", "9"], ["--p-max", "0.2"]):
            if digits is not None:
                options = options + ["--digits", str(digits)]
            trouble = agree(table(rng), options)
            checks.that(trouble is None, *options, trouble)
    print(f"seed {SEED}")
    return checks.end()


sys.exit(main())
