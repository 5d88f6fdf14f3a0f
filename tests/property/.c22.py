#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adjusted p are those of all valid tests, whatever is written.

usage: corrections.py REGSWEEP

Tables with ties, constants, perfect and impossible fits, complete or with
missing cells, are swept with --adjust for every kind of family. The adjusted
values are made again from the ln p of the full output by the definitions
themselves, and compared. Runs with --p-max, --r2-min, the --top options and
--q-max, by both engines and other numbers of workers, must write rows of the
full output to the last digit, and just those that the options ask for. With
too little memory for all p the values must be no smaller than the exact ones,
and no further off than the summary says. With groups of rows families are of
all groups, or of each. Prints one line a table and at the
end `N passed, N failed, N skipped`.
"""

import itertools
import math
import os
import random
import re
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, rows_of, write

PROGRAM = sys.argv[1]
METHODS = ["bonferroni", "holm", "hochberg", "bh", "by"]
COLUMN = {m: "p_" + m for m in METHODS} | {"storey": "q"}
LN10 = math.log(10.0)


def table(rng, n, k, missing=0.0):
    common = noise(rng, n)
    columns = {f"v{j}": [(j % 9) * 0.15 * c + rng.gauss(0.0, 1.0)
                         for c in common] for j in range(k)}
    columns["twice"] = [float(f"{2 * float(f'{v:.6g}'):.6g}")
                        for v in columns["v1"]]
    columns["again"] = list(columns["v2"])
    columns["minus"] = [-v for v in columns["v2"]]
    columns["constant"] = [7.5] * n
    columns["few"] = [v if i < 3 else None
                      for i, v in enumerate(columns["v3"])]
    for j, values in enumerate(columns.values()):
        if j % 3 == 0:
            for i in range(n):
                if rng.random() < missing:
                    values[i] = None
    return columns


def run(path, options, expect=0, y="*", x="*"):
    return sweeps.run(PROGRAM, path, "-y", y, "-x", x, "--columns",
                      "+neg_log10_p", *options, expect=expect)


# ---- the definitions, in logarithms ------------------------------------------


def log_p(row):
    """ln p of a row, None where it is no test."""
    if row["status"] == "perfect_fit":
        return -math.inf
    return None if row["neg_log10_p"] == "" else -LN10 * float(
        row["neg_log10_p"])


def adjusted(logs):
    """method -> {ln p: ln of adjusted p} of one family."""
    m = len(logs)
    rising = sorted(logs)
    harmonic = math.log(sum(1.0 / i for i in range(1, m + 1)))
    holm, hochberg, bh = [], [None] * m, [None] * m
    most = -math.inf
    for i, v in enumerate(rising):
        most = max(most, v + math.log(m - i))
        holm.append(min(most, 0.0))
    least_h = least_b = 0.0
    for i in range(m - 1, -1, -1):
        least_h = min(least_h, rising[i] + math.log(m - i))
        least_b = min(least_b, rising[i] + math.log(m) - math.log(i + 1))
        hochberg[i], bh[i] = least_h, least_b
    first = {}  # of equal p: step-down the last, step-up the first
    last = {}
    for i, v in enumerate(rising):
        first.setdefault(v, i)
        last[v] = i
    out = {method: {} for method in METHODS}
    least = 0.0
    bys = [None] * m
    for i in range(m - 1, -1, -1):
        least = min(least, rising[i] + math.log(m) - math.log(i + 1) + harmonic)
        bys[i] = min(least, 0.0)
    for v, i in first.items():
        out["bonferroni"][v] = min(v + math.log(m), 0.0)
        out["holm"][v] = holm[last[v]]
        out["hochberg"][v] = hochberg[i]
        out["bh"][v] = bh[i]
        out["by"][v] = bys[i]
    return out


def family_of(row, kind):
    return tuple(row[word] for word in kind.split(",") if word != "all")


def check_values(rows, kind):
    """Worst relative difference of the adjusted values of the full output."""
    families = {}
    for row in rows:
        v = log_p(row)
        if v is not None:
            families.setdefault(family_of(row, kind), []).append(v)
    curves = {f: adjusted(v) for f, v in families.items()}
    worst = 0.0
    for row in rows:
        v = log_p(row)
        for method in METHODS:
            text = row[COLUMN[method]]
            if row["p"] == "":
                if text != "":
                    return math.inf
                continue
            want = math.exp(curves[family_of(row, kind)][method][v])
            worst = max(worst, abs(float(text) - want) / max(want, 1e-300))
    return worst


# ---- cases ---------------------------------------------------------------------


def lines(text):
    return text.split("\n")[1:-1]


def check_subset(full, text, wanted):
    """The rows are those of the full output that are wanted."""
    keep = {line for line, row in zip(lines(full), rows_of(full))
            if wanted(row)}
    have = lines(text)
    return len(have) == len(set(have)) and set(have) == keep


def number(text):
    return float(text) if text else math.nan


def p_of(row):
    return 0.0 if row["status"] == "perfect_fit" else number(row["p"])


def cases(path, kind, full, adjust):
    for jobs in ("1", "3"):
        yield f"-j {jobs}", run(path, [*adjust, "-j", jobs])[0] == full
    for engine in ("auto", "exact"):
        base = full if engine == "auto" else run(
            path, [*adjust, "--engine", "exact"])[0]
        more = ["--engine", engine]
        yield f"p-max, {engine}", check_subset(
            base, run(path, [*adjust, *more, "--p-max", "1e-3"])[0],
            lambda r: p_of(r) <= 1e-3)
        yield f"r2-min, {engine}", check_subset(
            base, run(path, [*adjust, *more, "--r2-min", "0.2"])[0],
            lambda r: r["status"] == "perfect_fit" or number(r["r2"]) >= 0.2)
        for method in ("bh", "holm"):
            for level in ("0.05", "0.4"):
                text = run(path, [*adjust[:3], "bonferroni,by,hochberg,storey,"
                                  + ("holm,bh" if method == "bh"
                                     else "bh,holm"),
                                  *more, "--q-max", level])[0]
                yield f"q-max {level} of {method}, {engine}", check_subset(
                    base, text, lambda r, m=method, q=level:
                    r["status"] == "perfect_fit" or
                    number(r[COLUMN[m]]) <= float(q))
        for side, level in itertools.product("yx", ("0.1", "0.3", "0.5")):
            # by families of the other side the best p need not be kept
            text = run(path, [*adjust[:3],
                              "storey,holm,bonferroni,hochberg,by,bh", *more,
                              "--q-max", level, f"--top-per-{side}", "1"])[0]
            yield f"q-max {level}, top-per-{side}, {engine}", check_tops_of_q(
                base, text, side, 1, float(level))
    for top in ("--top", "--top-per-y", "--top-per-x"):
        text = run(path, [*adjust, top, "3"])[0]
        have = set(lines(text))
        yield top, len(have) >= 3 and have <= set(lines(full))


def check_tops_of_q(full, text, side, most, q):
    """Of each column the best of those whose adjusted p is small enough."""
    groups = {}
    for line, row in zip(lines(full), rows_of(full)):
        v = log_p(row)
        if v is not None and (v == -math.inf or number(row["p_bh"]) <= q):
            groups.setdefault(row[side], []).append((v, line))
    keep = [line for group in groups.values()
            for _, line in sorted(group, key=lambda g: g[0])[:most]]
    return sorted(lines(text)) == sorted(keep)


def check_histogram(path, full, adjust):
    text, err = run(path, [*adjust, "--test-memory", "1"])
    found = re.search(r"at most ([0-9.e+-]+) % too large", err)
    if found is None:
        return False
    allowed = float(found.group(1)) / 100.0 * 1.01 + 1e-12
    for a, b in zip(rows_of(full), rows_of(text)):
        for column in COLUMN.values():
            if (a[column] == "") != (b[column] == ""):
                return False
            if a[column] == "" or column == "q":
                continue
            exact, bound = float(a[column]), float(b[column])
            if not exact * (1 - 1e-12) <= bound <= exact * (1 + allowed):
                return False
    return True


# ---- groups --------------------------------------------------------------------


KINDS_OF_GROUPS = ("all", "y", "x", "group", "group,y", "x,group")


def check_groups(path, checks):
    """Families over groups and within them; the best of all groups. The column
    `group` is called as the word of --family is."""
    methods = "bonferroni,holm,hochberg,by,storey,bh"
    for kind in KINDS_OF_GROUPS:
        base = ["-g", "group", "--family", kind, "--adjust", methods]
        for engine in ("auto", "exact"):
            options = [*base, "--engine", engine]
            full = run(path, options)[0]
            worst = check_values(rows_of(full), kind)
            checks.that(worst < 1e-9, f"groups, {kind}, {engine}: {worst:.2g}")
            for q in ("0.05", "0.4"):
                text = run(path, [*options, "--q-max", q])[0]
                checks.that(check_subset(
                    full, text, lambda r, q=q: r["status"] == "perfect_fit" or
                    number(r["p_bh"]) <= float(q)),
                            f"groups, {kind}, {engine}, q-max {q}")
            for side in "yx":
                text = run(path, [*options, "--q-max", "0.5",
                                  f"--top-per-{side}", "2"])[0]
                checks.that(check_tops_of_q(full, text, side, 2, 0.5),
                            f"groups, {kind}, {engine}, top-per-{side}")
            best = sorted((log_p(r), i) for i, r in enumerate(rows_of(full))
                          if log_p(r) is not None)[:9]
            text = run(path, [*options, "--top", "9", "-j", "3"])[0]
            checks.that(lines(text) == [lines(full)[i] for _, i in best],
                        f"groups, {kind}, {engine}, top")


def main():
    rng = random.Random(22)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.csv")
        for name, columns in [
                ("complete", table(rng, 60, 30)),
                ("missing", table(rng, 60, 30, 0.1)),
                ("four rows", {f"v{j}": [float(rng.randrange(4))
                                         for _ in range(4)]
                               for j in range(25)})]:
            write(path, columns, digits=6)
            for kind in ("all", "y", "x"):
                adjust = ["--family", kind, "--adjust",
                          "bonferroni,holm,hochberg,bh,by,storey"]
                full = run(path, adjust)[0]
                worst = check_values(rows_of(full), kind)
                print(f"{name}, family {kind}: worst {worst:.2g}")
                checks.that(worst < 1e-9, f"{name}, {kind}: values")
                for what, good in cases(path, kind, full, adjust):
                    checks.that(good, f"{name}, {kind}: {what}")
                matched = run(path, [*adjust, "--pairs", "matched"],
                              y="v0:v11", x="v12:v23")[0]
                checks.that(len(lines(matched)) == 12 and
                            check_values(rows_of(matched), kind) < 1e-9,
                            f"{name}, {kind}: matched")
            groups = {"group": [rng.choice("abcdde") for _ in columns["v0"]]}
            write(path, groups | columns, digits=6)
            check_groups(path, checks)
        write(path, table(rng, 25, 290), digits=6)
        adjust = ["--adjust", "bonferroni,holm,hochberg,bh,by,storey"]
        checks.that(check_histogram(path, run(path, adjust)[0], adjust),
                    "histogram")
        err = run(path, [*adjust, "--test-memory", "1", "--family", "x"], 2)[1]
        checks.that("--test-memory" in err, "families without memory")
    return checks.end()


sys.exit(main())
