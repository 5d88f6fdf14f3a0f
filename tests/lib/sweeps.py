# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts of tests/property share: tables, runs, rows, and counting.

A table is a dict of columns, lists of cells by name: a number, a text, or None
where the cell is missing.
"""

import csv
import io
import os
import subprocess


def noise(rng, n, scale=1.0):
    return [rng.gauss(0.0, scale) for _ in range(n)]


def with_gaps(rng, values, part):
    return [None if rng.random() < part else v for v in values]


def text_of(columns, digits=None):
    """The table as CSV; numbers with so many digits, or all of theirs."""
    def cell(value):
        if value is None or isinstance(value, str):
            return value or ""
        return repr(value) if digits is None else f"{value:.{digits}g}"
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(columns)
    out.writerows(map(cell, row) for row in zip(*columns.values()))
    return text.getvalue()


def write(path, columns, digits=None):
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write(text_of(columns, digits))


def run(program, *options, text=None, kernel="", expect=0):
    """What `regsweep run` writes to standard output and to standard error.
    text: its standard input. Another exit status is a RuntimeError."""
    done = subprocess.run(
        [program, "run", *options], input=text and text.encode(),
        env=dict(os.environ, LC_ALL="C", REGSWEEP_KERNEL=kernel),
        capture_output=True, check=False)
    if done.returncode != expect:
        raise RuntimeError(f"{' '.join(options)}: {done.stderr.decode()}")
    return done.stdout.decode(), done.stderr.decode()


def rows_of(text):
    """Rows of CSV, dicts by the names of the columns."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def rows(program, *options, **more):
    return rows_of(run(program, "-q", *options, **more)[0])


class Checks:
    """Counts what holds, and tells of what does not."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def that(self, good, *what):
        self.passed += bool(good)
        self.failed += not good
        if not good and self.failed <= 20:
            print("FAIL", *what)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def end(self):
        """The closing line; gives the exit status."""
        print(f"{self.passed} passed, {self.failed} failed, "
              f"{self.skipped} skipped")
        return int(self.failed > 0)
