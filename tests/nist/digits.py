#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many digits of NIST's certified values the program writes.

usage: digits.py REGSWEEP [REFDATA]

Every value of certified.csv, by both engines: of the rows of terms, of those of
pairs and, for powers of whole numbers, of the model that has them as columns of
the table (but F, which is of x there). Each must have the digits that its line says (README.md). The tables
must be those of REFDATA/strd, where these are. Prints a line a set and at the
end `N passed, N failed, N skipped`.
"""

import csv
import math
import os
import sys
import tempfile
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sets import SETS, certified

WHOLE = {"Pontius", "Wampler1", "Wampler2", "Wampler3", "Wampler4", "Wampler5"}
MOST = 15.0  # as many digits as most values are certified to


def digits(ours, theirs):
    """Decimal digits that agree (the log relative error)."""
    ours, theirs = Fraction(ours), Fraction(theirs)
    if ours == theirs:
        return MOST
    return min(MOST, -math.log10(abs((ours - theirs) / (theirs or 1))))


def value_of(row, column):
    """A number of a row. What a perfect fit leaves is 0, for which its row has
    a status and an empty cell."""
    if row["status"] == "perfect_fit" and column in ("se", "sigma"):
        return "0" if row[column] == "" else "nan"
    return row[column]


def ask(program, path, options, engine):
    """Rows by term; the pair's own by the empty text."""
    options = [path, *options, "--engine", engine]
    terms = sweeps.rows(program, *options, "--rows", "terms")
    columns = ["--columns", "+sigma,+r2,+f"]
    if "--poly" not in options:
        (pair,) = sweeps.rows(program, *options, *columns)
    else:
        # the test of all powers is that of the model
        (pair,) = sweeps.rows(program, *options, *columns, "--poly-test",
                              "all")
        pair["f"] = pair["stat"]
    return {**{row["term"]: row for row in terms}, "": pair}


def ways(name, table, options, lines):
    """Yields (way, table, options, values, name of a term -> ours)."""
    yield "", table, options, lines, {}
    if name in WHOLE:
        most = int(options[-1])
        powers = {f"p{k}": [str(int(x) ** k) for x in table["x"]]
                  for k in range(1, most + 1)}
        names = {f"x^{k}" if k > 1 else "x": f"p{k}"
                 for k in range(1, most + 1)}
        yield (", powers as columns", {"y": table["y"], **powers},
               ["-y", "y", "-x", f"p{most}", "-c", f"p{{1:{most - 1}}}"],
               [line for line in lines if line["column"] != "f"], names)


def check_set(checks, program, name, lines):
    make, options = SETS[name]
    for way, table, asked, values, names in ways(name, make(), options,
                                                 lines):
        least, where = MOST, "all"
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            sweeps.write(file.name, table)
            found = {engine: ask(program, file.name, asked, engine)
                     for engine in ("auto", "exact")}
        for engine, rows in found.items():
            for line in values:
                term = names.get(line["term"], line["term"])
                ours = value_of(rows[term], line["column"])
                good = digits(ours, line["certified"])
                what = f"{engine}: {line['term']} {line['column']}".rstrip()
                checks.that(good >= float(line["digits"]), name + way, what,
                            ours, "against", line["certified"],
                            f"{good:.2f} digits of {line['digits']}")
                if good < least:
                    least, where = good, what
        print(f"{name}{way}: {len(values)} values by each engine, at least "
              f"{least:.1f} digits ({where})")


def check_tables(checks, refdata):
    """Against the tables of others."""
    for name, (make, _) in SETS.items():
        path = os.path.join(refdata, "strd", name + ".csv")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                head, *rows = csv.reader(file)
            theirs = list(map(list, zip(*rows)))
            ours = make()
            ours = [ours[c] if c in ours else column for c, column in
                    zip(head, ours.values())]
            checks.that(theirs == ours, name, "is another table than", path)


def main():
    checks = sweeps.Checks()
    values = certified()
    for name, lines in values.items():
        check_set(checks, sys.argv[1], name, lines)
    checks.that(values.keys() == SETS.keys(), "every set has its values")
    if len(sys.argv) > 2:
        check_tables(checks, sys.argv[2])
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
