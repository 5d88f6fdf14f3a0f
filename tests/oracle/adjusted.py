#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares adjusted p with those R gave for the p of real sweeps.

usage: adjusted.py PROGRAM REFDATA     (PROGRAM: what adjusted.c becomes)

A family is one case of REFDATA/expected/p_adjust.csv. Prints a line a case and
at the end `N passed, N failed, N skipped`.
"""

import csv
import io
import os
import subprocess
import sys

COLUMNS = {"p_bonferroni": "bonferroni", "p_holm": "holm",
           "p_hochberg": "hochberg", "p_bh": "BH", "p_by": "BY"}


def number(text):
    return None if text in ("NA", "NaN", "") else float(text)


def far(ours, theirs):
    """Relative distance; missing and zero must be the same."""
    if ours is None or theirs is None:
        return 0.0 if ours is theirs else float("inf")
    if ours == theirs:
        return 0.0
    return abs(ours - theirs) / abs(theirs) if theirs else float("inf")


def worst_of(program, rows):
    answer = subprocess.run([program, "exact"], check=True, text=True,
                            stdout=subprocess.PIPE,
                            input="".join((r["p"] if number(r["p"]) is not None
                                           else "NA") + "\n" for r in rows))
    head, table = answer.stdout.split("\n", 1)
    tests = sum(number(r["p"]) is not None for r in rows)
    ours = list(csv.DictReader(io.StringIO(table)))
    if int(head.split()[0]) != tests or len(ours) != len(rows):
        return float("inf")
    return max(far(number(a[our]), number(b[their]))
               for a, b in zip(ours, rows) for our, their in COLUMNS.items())


def main():
    program, refdata = sys.argv[1:]
    path = os.path.join(refdata, "expected", "p_adjust.csv")
    if not os.path.exists(path):
        print(f"SKIP: no reference results in '{refdata}' "
              "(REGSWEEP_REFDATA)")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    families = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            families.setdefault(row["case"], []).append(row)
    failed = 0
    for case, rows in families.items():
        worst = worst_of(program, rows)
        good = worst <= 1e-12
        failed += not good
        print(f"{'ok  ' if good else 'FAIL'} {case}: {len(rows)} p, "
              f"worst {worst:.2g}")
    print(f"{len(families) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not families else 0


if __name__ == "__main__":
    sys.exit(main())
