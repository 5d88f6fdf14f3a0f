#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares blocks of columns with reference results that are not ours.

usage: blocks.py REGSWEEP REFDATA

Interactions, powers and categories of REFDATA/expected, by both engines where
both can, at the tolerances that the data's README gives; see oracles.py.
"""

import sys

from oracles import difference, escape, names, read_table, run, score

# name of theirs -> its kind (see difference), column of ours
POWER = {"b0": ("intercept", "intercept"), "b2": ("slope", "beta"),
         "se2": ("se", "se"), "t2": ("t", "stat"), "p2": ("p", "p"),
         "log10p2": ("log10p", "neg_log10_p"), "r2": ("r2", "r2"),
         "resid_sd": ("resid_sd", "sigma"), "df_resid": ("df", "df")}
POWERS = {"b0": ("intercept", "intercept"), "f": ("t", "stat"),
          "f_p": ("p", "p"), "r2": ("r2", "r2"), "df_resid": ("df", "df")}
PRODUCT = {"b0": ("intercept", "intercept"), "b_xz": ("slope", "beta"),
           "se_xz": ("se", "se"), "t_xz": ("t", "stat"), "p_xz": ("p", "p"),
           "log10p_xz": ("log10p", "neg_log10_p"), "r2": ("r2", "r2"),
           "resid_sd": ("resid_sd", "sigma"), "df_resid": ("df", "df")}
F = {"f": ("t", "stat"), "p": ("p", "p"),
     "log10p": ("log10p", "neg_log10_p"), "r2": ("r2", "r2"),
     "df1": ("df", "df1"), "df2": ("df", "df")}


def interact(case):
    return ["--interact", escape(case["z"])]


def factors(case):
    return ["--factor", ",".join(map(escape, names(case["x"])
                                     + names(case["factor_covariates"])))]


# table -> what, numbers, options of a case
CHECKS = [
    ("poly2", "highest", POWER, lambda case: ["--poly", "2"]),
    ("exact_poly2", "highest", POWER, lambda case: ["--poly", "2"]),
    ("poly2", "all", POWERS,
     lambda case: ["--poly", "2", "--poly-test", "all"]),
    ("interaction", "product", PRODUCT, interact),
    ("interaction_factor", "product", F, interact),
    ("anova_factor", "F", F, factors),
]


def squared(ours):
    """A t of two levels as F."""
    if ours["stat"] and ours["df1"] == "1" and ours["beta"]:
        return {**ours, "stat": str(float(ours["stat"]) ** 2)}
    return ours


def compare(theirs, ours, numbers, exact):
    bad = [] if ours["n"] == theirs["n"] else ["n"]
    se = next((theirs[k] for k in ("se2", "se_xz") if k in theirs), "0")
    if numbers is F:
        ours = squared(ours)
    for number, (kind, column) in numbers.items():
        value = theirs.get(number)
        if value in (None, "", "NA", "NaN", "Inf", "-Inf"):
            continue
        row = {"se": theirs["se0"] if number == "b0" and "se0" in theirs
               else se}
        if difference(value, ours[column], kind, row, exact) > 1.0:
            bad.append(f"{number} {value} != {ours[column]}")
    return bad


def check(program, refdata, cases, engine, table, what, numbers, options):
    rows = read_table(refdata, table)
    ours = {}
    failed = 0
    for row in rows:
        case = cases[row["case"]]
        if row["case"] not in ours:
            ours[row["case"]] = run(
                program, refdata, case,
                ["covariates", "--engine", engine, *options(case)])
        mine = ours[row["case"]].get((row["y"], row["x"]))
        bad = (["no row"] if mine is None
               else compare(row, mine, numbers, table.startswith("exact")))
        if bad:
            print(f"  {table}: {row['case']}: {row['y']} ~ {row['x']}: {bad}")
        failed += bool(bad)
    print(f"{table}, {what}, {engine}: {len(rows)} fits, {failed} wrong")
    return len(rows) - failed, failed


# table -> options, and of a row: the term and the numbers of each
def of_powers(row):
    return {"(intercept)": {"beta": row["b0"], "se": row["se0"]},
            row["x"]: {"beta": row["b1"], "se": row["se1"], "stat": row["t1"],
                       "p": row["p1"]},
            f"{row['x']}^2": {"beta": row["b2"], "se": row["se2"],
                              "stat": row["t2"], "p": row["p2"]}}


def of_product(row):
    x, z = row["x"], row["z"]
    return {x: {"beta": row["b_x"], "se": row["se_x"], "p": row["p_x"]},
            z: {"beta": row["b_z"], "se": row["se_z"], "p": row["p_z"]},
            f"{x}:{z}": {"beta": row["b_xz"], "se": row["se_xz"],
                         "stat": row["t_xz"], "p": row["p_xz"]}}


def of_level(row):
    numbers = {"beta": row["estimate"], "n_level": row["n_level"],
               "mean_level": row["mean_level"]}
    if row["level"] != row["reference"]:
        numbers |= {"se": row["se"], "stat": row["t"], "p": row["p"]}
    return {f"{row['x']}={row['level']}": numbers}


TERMS = [
    ("poly2", of_powers, lambda case: ["--poly", "2"]),
    ("exact_poly2", of_powers, lambda case: ["--poly", "2"]),
    ("interaction", of_product, interact),
    ("anova_contrasts", of_level,
     lambda case: ["--reference-rows", *factors(case)]),
]
KINDS = {"beta": "slope", "stat": "t"}


def check_terms(program, refdata, cases, table, terms_of, options):
    ours = {}
    n = failed = 0
    for row in read_table(refdata, table):
        case = cases[row["case"]]
        if row["case"] not in ours:
            ours[row["case"]] = run(program, refdata, case,
                                    ["covariates", *options(case)], "terms")
        for term, numbers in terms_of(row).items():
            mine = ours[row["case"]].get((row["y"], row["x"], term), {})
            bad = [] if mine else ["no row"]
            scale = {"se": numbers.get("se", "1")}
            for column, value in numbers.items() if mine else ():
                kind = KINDS.get(column, column)
                if difference(value, mine[column], kind, scale,
                              table.startswith("exact")) > 1.0:
                    bad.append(f"{column} {value} != {mine[column]}")
            if bad:
                print(f"  {table}: {row['case']}: {row['y']} ~ {row['x']}: "
                      f"{term}: {bad}")
            n += 1
            failed += bool(bad)
    print(f"{table}, terms: {n} terms, {failed} wrong")
    return n - failed, failed


def checks(*data):
    for engine in ("auto", "exact"):
        for one in CHECKS:
            yield check(*data, engine, *one)
    for one in TERMS:
        yield check_terms(*data, *one)


if __name__ == "__main__":
    sys.exit(score(checks))
