#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A matrix holds, to the last bit, what the rows of the same sweep show.

usage: values.py REGSWEEP

Tables with constants, infinities, perfect fits, columns without correlation
and with an intercept that cancels, complete or with missing cells, are swept
to CSV and, number by number, to .npy files: all, unique and matched pairs,
covariates, weights, no intercept, every kernel, both engines, conditions on
what is kept. Every cell, the names behind the matrix and the counts of the
summary must agree. Prints one line a table and at the end `N passed,
N failed, N skipped`.
"""

import array
import ast
import os
import random
import re
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, write

PROGRAM = sys.argv[1]
FIELDS = ("n df df1 intercept beta se ci_low ci_high stat p neg_log10_p r r2 "
          "sigma aic").split()


def table(rng, n, k, missing):
    common = noise(rng, n)
    columns = {f"v{j}": [100.0 * (j % 3) + (j % 7) * 0.2 * c + e
                         for c, e in zip(common, noise(rng, n))]
               for j in range(k)}
    columns["twice"] = [2.0 * float(f"{v:.6g}") for v in columns["v1"]]
    columns["nearly"] = [v + 1e-4 * e
                         for v, e in zip(columns["v2"], noise(rng, n))]
    columns["constant"] = [7.5] * n
    columns["infinite"] = ["inf" if i == 4 else v
                           for i, v in enumerate(noise(rng, n))]
    # no correlation with each other; slope and intercept cancel elsewhere
    columns["half"] = [float(i % 2) for i in range(n)]
    columns["blocks"] = [float(i // 2 % 2) for i in range(n)]
    columns["centred"] = [v - sum(common) / n for v in common]
    columns["füé"] = [float(rng.randrange(3)) for _ in range(n)]
    columns["w"] = [0.5 + rng.random() for _ in range(n)]
    columns["c1"] = noise(rng, n)
    columns["c2"] = [v + e for v, e in zip(common, noise(rng, n))]
    for j, values in enumerate(columns.values()):
        if missing and j % 4 != 3 and j < len(columns) - 3:
            for i in range(n):
                if rng.random() < missing:
                    values[i] = None
    return columns


def edges(rng):
    """Four rows: p is 1 - |r|, and often one of the edges of the tally."""
    return {f"v{j}": [float(rng.randrange(-2, 3)) for _ in range(4)]
            for j in range(150)}


def run(path, out, options, kernel, columns):
    """The counts of the summary."""
    _, notes = sweeps.run(PROGRAM, path, "-o", out, "--columns", columns, "-v",
                          "-f", *options, kernel=kernel)
    return [line for line in notes.splitlines()
            if re.match("regsweep: (status|tests|kept|left)", line)]


def read_array(data, at):
    """One array of a .npy file: its shape, its items, where it ends."""
    assert data[at:at + 8] == b"\x93NUMPY\x01\x00", data[at:at + 8]
    size = 10 + int.from_bytes(data[at + 8:at + 10], "little")
    assert size % 64 == 0 and data[at + size - 1:at + size] == b"\n"
    head = ast.literal_eval(data[at + 10:at + size].decode("ascii"))
    assert set(head) == {"descr", "fortran_order", "shape"}, head
    assert head["fortran_order"] is False, head
    at += size
    n = 1
    for extent in head["shape"]:
        n *= extent
    if head["descr"] == "<f8":
        items = array.array("d", data[at:at + 8 * n])
        return head["shape"], items, at + 8 * n
    assert head["descr"][:2] == "<U", head
    width = 4 * int(head["descr"][2:])
    items = [data[at + i * width:at + (i + 1) * width]
             .decode("utf-32-le").rstrip("\0") for i in range(n)]
    return head["shape"], items, at + n * width


def read_npy(path):
    with open(path, "rb") as file:
        data = file.read()
    shape, cells, at = read_array(data, 0)
    _, names_y, at = read_array(data, at)
    _, names_x, at = read_array(data, at)
    assert at == len(data), (at, len(data))
    return shape, cells, names_y, names_x


def rows_of(path, n_fields):
    rows = {}
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            words = line.rstrip("\n").split(",")
            assert len(words) == 2 + n_fields
            rows[words[0], words[1]] = words[2:]
    return rows


ADJUSTED = {"bonferroni": "p_bonferroni", "holm": "p_holm",
            "hochberg": "p_hochberg", "bh": "p_bh", "by": "p_by",
            "storey": "q"}


def differing(path, rows, place, matched):
    """The first cell that is not what the rows say; None."""
    shape, cells, names_y, names_x = read_npy(path)
    want = (len(names_y),) if matched else (len(names_y), len(names_x))
    if shape != want or len(cells) != (want + (1,))[0] * (want + (1,))[1]:
        return f"shape {shape}, {len(cells)} cells"
    found = 0
    for i, y in enumerate(names_y):
        for j, x in ([(0, names_x[i])] if matched else enumerate(names_x)):
            value = cells[i] if matched else cells[i * len(names_x) + j]
            row = rows.get((y, x))
            found += row is not None
            text = row[place] if row else ""
            if (value == value) != (text != "") or \
                    (text and float(text) != value):
                return f"{y} on {x}: row {text!r}, cell {value!r}"
    return None if found == len(rows) else f"{len(rows) - found} rows lost"


def compare(path, folder, options, kernel, fields):
    """None, or a text of what is wrong."""
    csv = os.path.join(folder, "rows.csv")
    npy = os.path.join(folder, "m.npy")
    counts = run(path, csv, options, kernel, ",".join(["y", "x", *fields]))
    rows = rows_of(csv, len(fields))
    for place, field in enumerate(fields):
        found = run(path, npy, options, kernel, field)
        if found != counts:
            return f"{field}: counts {found}, of the rows {counts}"
        wrong = differing(npy, rows, place, "matched" in options)
        if wrong:
            return f"{field}: {wrong}"
    return None


def cases(rng):
    """Tables, with the runs to make of each: options, kernel, fields."""
    def rules(wide):
        plain = ["-y", "*", "-x", "*"]
        some = rng.sample(FIELDS, 2)
        many = some if wide else FIELDS
        yield plain, "", many
        yield plain + ["-c", "c1", "-c", "c2"], "", many
        yield plain + ["-c", "c1", "--weights", "w"], "", some
        yield plain + ["--no-intercept", "-j", "1"], "", many
        yield ["-y", "*", "--pairs", "unique"], "", some
        for kernel in ("avx512", "avx2", "blas"):
            yield plain, kernel, some
        yield plain + ["--engine", "exact"], "", some
        yield ["-y", "v*", "-x", "v*", "--pairs", "unique", "--engine",
               "exact"], "", some
        yield ["-y", "#1:#9", "-x", "#3:#11", "--pairs", "matched"], "", some
        yield plain + ["--p-max", "0.2"], "", some
        yield plain + ["--p-max", "0.001", "-c", "c2"], "", some
        yield plain + ["--r2-min", "0.3"], "", some
        yield ["-y", "*", "--pairs", "unique", "--p-max", "1e-3"], "", some
        yield plain + ["--conf-level", "0.8"], "", ["ci_low", "ci_high"]
        for family in ("all", "y", "x"):
            adjust = ["--adjust", ",".join(ADJUSTED), "--family", family]
            yield plain + adjust, "", ADJUSTED.values()
            yield plain + adjust + ["--q-max", "0.3", "-c", "c2"], "", [
                "p_bh", "q"]
            yield plain + adjust + ["--p-max", "0.01"], "", ["p_holm"]
            yield ["-y", "#1:#9", "-x", "#3:#11", "--pairs", "matched",
                   "--engine", "exact", *adjust], "", ["p_by", "q"]
        # of 270 columns by a histogram
        yield ["-y", "*", "--pairs", "unique", "--adjust", "bh,hochberg",
               "--test-memory", "1"], "", ["p_bh", "p_hochberg"]

    for n, k, missing in ((60, 24, 0.0), (60, 24, 0.05), (7, 12, 0.0),
                          (1400, 9, 0.0), (30, 270, 0.0)):
        yield (f"{n} rows, {k} columns, {missing} missing",
               table(rng, n, k, missing), list(rules(k > 100 or n > 1000)))
    yield "p on the edges", edges(rng), [
        (["-y", "*", "-x", "*"], "", ["beta", "p"]),
        (["-y", "*", "-x", "*", "--no-intercept"], "", ["beta"])]


def main():
    rng = random.Random(20)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.csv")
        for name, columns, rules in cases(rng):
            write(path, columns, digits=9)
            before = checks.failed
            for options, kernel, fields in rules:
                try:
                    wrong = compare(path, folder, options, kernel, fields)
                except RuntimeError as error:  # a run failed
                    wrong = str(error)
                if wrong and "not for this machine" in wrong:
                    checks.skipped += 1
                    print(f"SKIP: kernel {kernel} is not for this machine")
                else:
                    checks.that(not wrong, name, *options, kernel, wrong)
            print(f"{name}: {'ok' if checks.failed == before else 'DIFFERENT'}")
    return checks.end()


sys.exit(main())
