#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A style changes names and order of columns, never a cell; CSV for Excel has
the cells of CSV, and is read back.

usage: naming.py REGSWEEP REFDATA

Random tables (the seed is printed) with missing cells, constant and equal
columns, names that need quotes, and categories, by both engines.
"""

import csv
import io
import os
import random
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

PROGRAM = sys.argv[1]
SEED = 20261128
STYLES = ("broom", "plink", "limma", "matrixeqtl", "regenie", "statsmodels", "fixest")
COLUMNS = "all,effect,fit,score,mean_y"
TERMS = "all,adj_r2,f,f_p,bic,loglik"


def table(rng):
    n = rng.randrange(8, 40)
    columns = {f"v {j}": sweeps.noise(rng, n, 10.0 ** rng.choice([0, 0, 3, -8, 150]))
               for j in range(8)}
    columns["a;b"] = [7.5] * n
    columns["twin, \"x\""] = list(columns["v 1"])
    for name in ("v 2", "v 3"):
        columns[name] = sweeps.with_gaps(rng, columns[name], 0.2)
    columns["g"] = [rng.choice(["u;v", "w,x", "1.5.0"]) for _ in range(n)]
    return sweeps.text_of(columns)


def run(data, *options):
    """Names, and rows as texts."""
    text = sweeps.run(PROGRAM, "-q", "-", "-d", ",", "-y", "v *", "-x", "*,!g", *options,
                      text=data)[0]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return rows[0], rows[1:]


def cells(data, style, options, columns):
    """None, or what differs where all columns are asked for."""
    options = [*options, "--columns", columns]
    names, wanted = run(data, *options)
    titles, found = run(data, *options, "--naming", style)
    if found != wanted:
        return "cells"
    if len({t.lower() for t in titles}) != len(titles):
        return f"names {titles}"
    return names, titles, wanted


def default(data, style, options, known):
    """The same of the columns that the style shows by itself."""
    names, titles, wanted = known
    shown, found = run(data, *options, "--naming", style)
    lacking = [t for t in shown if t not in titles]
    if lacking:
        return f"unknown {lacking}"
    if shown[-1].lower() != "status":
        return f"no status in {shown}"
    places = [titles.index(t) for t in shown]
    if [[row[p] for p in places] for row in wanted] != found:
        return f"cells of {shown}"
    return None if names else "no names"


def excel(data, options):
    """Commas in numbers alone, and all of them numbers to regsweep again."""
    names, rows = run(data, *options)
    text = sweeps.run(PROGRAM, "-q", "-", "-d", ",", "-y", "v *", "-x", "*,!g", *options,
                      "--format", "excel", text=data)[0]
    if text[0] != "\ufeff":
        return "no byte order mark"
    found = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    words = {"g", "y", "x", "term", "status"}
    wanted = [[c if n in words else c.replace(".", ",") for n, c in zip(names, row)]
              for row in rows]
    if found != [names, *wanted]:
        return "cells"
    if not rows:
        return None
    again = sweeps.rows(PROGRAM, "-", "-d", ";", "--decimal", ",", "-y", "p", "-x", "n",
                        "--min-n", "0", "--columns", "+mean_y", text=text)
    values = [float(row[names.index("p")]) for row in rows if row[names.index("p")]]
    good = len(again) == 1 and int(again[0]["n"]) == len(values)
    return None if good else f"read back: {again}"


def main():
    rng = random.Random(SEED)
    checks = sweeps.Checks()
    kinds = (([], COLUMNS), (["--engine", "exact"], COLUMNS), (["-g", "g"], COLUMNS),
             (["-c", "g"], COLUMNS), (["--se", "hc3"], COLUMNS), (["--rows", "terms"], TERMS),
             (["--rows", "terms", "-c", "g"], TERMS), (["--adjust", "bh,by"], COLUMNS),
             (["--model-set", "a:v 7", "--model-set", "b:g"], COLUMNS),
             (["-w", "a;b", "--digits", "5"], COLUMNS))
    for options, columns in kinds:
        data = table(rng)
        for style in STYLES:
            known = cells(data, style, options, columns)
            checks.that(isinstance(known, tuple), style, *options, known)
            if isinstance(known, tuple):
                trouble = default(data, style, options, known)
                checks.that(trouble is None, style, *options, trouble)
        trouble = excel(data, options)
        checks.that(trouble is None, "excel", *options, trouble)
    print(f"seed {SEED}")
    return checks.end()


sys.exit(main())
