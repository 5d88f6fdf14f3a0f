#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares regsweep with reference results that are not ours.

usage: oracles.py REGSWEEP REFDATA

Runs every case of REFDATA/expected/cases.csv that the program's models cover
and compares each number with R's results and, where there are any, with those
of exact arithmetic, at the tolerances that the data's README gives. Prints one
line a table and at the end `N passed, N failed, N skipped`.
"""

import csv
import io
import math
import os
import subprocess
import sys

csv.field_size_limit(1 << 30)

# name of theirs -> column of ours
NUMBERS = {
    "intercept": "intercept",
    "slope": "beta",
    "se": "se",
    "t": "stat",
    "p": "p",
    "log10p": "neg_log10_p",
    "r2": "r2",
    "resid_sd": "sigma",
    "df_resid": "df",
    "aic": "aic",
    "ci95_lo": "ci_low",
    "ci95_hi": "ci_high",
}

# table -> options of the program; rows are found by y and x
TABLES = {
    "ols_simple": [],
    "ols_noint": ["--no-intercept"],
    "ols_cov": ["covariates"],
    "ols_listwise": ["--missing", "listwise"],
}


def escape(name):
    return name.replace(",", "\\,")


def names(text):
    return [t for t in text.split("|") if t]


def run(program, refdata, case, options):
    command = [program, "run", "-q", "--columns", "all"]
    command += [os.path.join(refdata, case["file"])]
    command += ["-y", ",".join(map(escape, names(case["y"])))]
    command += ["-x", ",".join(map(escape, names(case["x"])))]
    command += ["--delimiter", case["delimiter"] or ","]
    command += ["--na", ",".join(case["na_strings"].split("|"))]
    covariates = names(case["covariates"]) + names(case["factor_covariates"])
    if options == ["covariates"]:
        command += ["-c", ",".join(map(escape, covariates))]
        if case["factor_covariates"]:
            command += [
                "--factor",
                ",".join(map(escape, names(case["factor_covariates"]))),
            ]
    else:
        command += options
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.decode(errors="replace"))
    text = result.stdout.decode("utf-8", errors="surrogateescape")
    return {(r["y"], r["x"]): r for r in csv.DictReader(io.StringIO(text))}


def difference(theirs, ours, number, row, exact):
    """How far apart, in units of what is allowed."""
    if ours == "":
        return math.inf
    a, b = float(theirs), float(ours)
    if number == "log10p":
        b = -b
    if a == b:
        return 0.0
    allowed = 1e-10 if exact else 1e-8
    if number == "p":
        allowed = 1e-9 if exact else 1e-8
    scale = abs(a)
    if number in ("slope", "intercept", "ci95_lo", "ci95_hi"):
        scale = max(scale, abs(float(row["se"])))
    if number in ("t", "r2"):
        # a tiny slope has a tiny t and r2: absolute, in units of 1
        scale = max(scale, 1e-2 if number == "t" else 1e-4)
    if number == "log10p":
        scale = max(scale, 1e-2)
    return abs(a - b) / (allowed * scale) if scale > 0 else math.inf


def compare(table, rows, ours, exact, worst):
    failed = 0
    for row in rows:
        mine = ours[row["case"]].get((row["y"], row["x"]))
        if mine is None:
            print(f"  {table}: {row['case']}: no row {row['y']} ~ {row['x']}")
            failed += 1
            continue
        bad = [] if mine["n"] == row["n"] else ["n"]
        for number, column in NUMBERS.items():
            theirs = row.get(number)
            if theirs in (None, "", "NA", "NaN", "Inf", "-Inf"):
                continue
            d = difference(theirs, mine[column], number, row, exact)
            if d > worst.get(number, (0.0,))[0]:
                worst[number] = (d, row["case"], row["y"], row["x"])
            if d > 1.0:
                bad.append(f"{number} {theirs} != {mine[column]}")
        if bad and mine["status"] != "perfect_fit":
            print(f"  {table}: {row['case']}: {row['y']} ~ {row['x']}: {bad}")
            failed += 1
    return failed


def read_table(refdata, name):
    path = os.path.join(refdata, "expected", name + ".csv")
    with open(path, newline="", encoding="utf-8",
              errors="surrogateescape") as file:
        return list(csv.DictReader(file))


def check_table(program, refdata, cases, table, options):
    passed = failed = 0
    rows = read_table(refdata, table)
    wanted = {r["case"] for r in rows}
    ours = {c: run(program, refdata, cases[c], options) for c in wanted}
    for name, exact in ((table, False), ("exact_" + table, True)):
        rows = read_table(refdata, name)
        worst = {}
        bad = compare(name, rows, ours, exact, worst)
        failed += bad
        passed += len(rows) - bad
        shown = max(worst.values(), default=(0.0, "-"))
        print(f"{name}: {len(rows)} fits, {bad} wrong, worst "
              f"{shown[0]:.2g} of what is allowed")
    return passed, failed


def check_sweep(program, refdata, cases, case):
    """A whole wide sweep: counts and the smallest p."""
    ours = run(program, refdata, cases[case], [])
    passed = failed = 0
    for row in read_table(refdata, "sweep_top50_" + case):
        mine = ours[(row["y"], row["x"])]
        ok = (mine["n"] == row["n"]
              and math.isclose(float(mine["beta"]), float(row["slope"]),
                               rel_tol=1e-9)
              and math.isclose(float(mine["p"]), float(row["p"]),
                               rel_tol=1e-8))
        passed += ok
        failed += not ok
    tests = sum(r["status"] == "ok" for r in ours.values())
    wanted = {r["statistic"]: r["value"]
              for r in read_table(refdata, "sweep_summary")
              if r["case"] == case}
    print(f"sweep {case}: {len(ours)} pairs, {tests} tests, "
          f"{wanted['tests']} expected")
    ok = str(tests) == wanted["tests"]
    return passed + ok, failed + (not ok)


def main():
    program, refdata = sys.argv[1:3]
    if not os.path.isdir(os.path.join(refdata, "expected")):
        print(f"SKIP: no reference results in '{refdata}' "
              "(REGSWEEP_REFDATA)")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    cases = {r["case"]: r for r in read_table(refdata, "cases")}
    total = [0, 0]
    for table, options in TABLES.items():
        for i, n in enumerate(
                check_table(program, refdata, cases, table, options)):
            total[i] += n
    for case in ("nm_all", "md_all"):
        for i, n in enumerate(check_sweep(program, refdata, cases, case)):
            total[i] += n
    print(f"{total[0]} passed, {total[1]} failed, 0 skipped")
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main())
