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
    "r": "r",
    "r2": "r2",
    "resid_sd": "sigma",
    "df_resid": "df",
    "aic": "aic",
    "r_low": "r_low",
    "r_high": "r_high",
    "bic": "bic",
    "loglik": "loglik",
    "adj_r2": "adj_r2",
    "partial_r2": "partial_r2",
    "f": "f",
    "f_p": "f_p",
    "ci95_lo": "ci_low",
    "ci95_hi": "ci_high",
}

# table -> options of the program; rows are found by y and x
TABLES = {
    "ols_simple": [],
    "ols_noint": ["--no-intercept"],
    "ols_cov": ["covariates"],
    "ols_listwise": ["--missing", "listwise"],
    "wls": ["weights"],
}


def escape(name):
    return name.replace(",", "\\,")


def names(text):
    return [t for t in text.split("|") if t]


def run(program, refdata, case, options, rows="pairs", key=None):
    columns = "all,effect,fit" if rows == "pairs" else "all,levels"
    command = [program, "run", "-q", "--columns", columns, "--rows", rows]
    command += [os.path.join(refdata, case["file"])]
    command += ["-y", ",".join(map(escape, names(case["y"])))]
    command += ["-x", ",".join(map(escape, names(case["x"])))]
    command += ["--delimiter", case["delimiter"] or ","]
    command += ["--na", ",".join(case["na_strings"].split("|"))]
    covariates = names(case["covariates"]) + names(case["factor_covariates"])
    if "weights" in options:
        command += ["-w", escape(case["weights"])]
    if covariates and {"covariates", "weights"} & set(options):
        command += ["-c", ",".join(map(escape, covariates))]
        if case["factor_covariates"]:
            command += [
                "--factor",
                ",".join(map(escape, names(case["factor_covariates"]))),
            ]
    command += [o for o in options if o not in ("covariates", "weights")]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.decode(errors="replace"))
    text = result.stdout.decode("utf-8", errors="surrogateescape")
    key = key or (("y", "x", "term") if rows == "terms" else ("y", "x"))
    return {tuple(r[k] for k in key): r
            for r in csv.DictReader(io.StringIO(text))}


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
    if number in ("p", "f_p"):
        # what R loses of a robust t comes ln p times into p
        allowed = (1e-9 if exact else 1e-8) * max(1.0, -math.log(a) / 20.0
                                                  if a > 0.0 else 1.0)
    scale = abs(a)
    if number in ("slope", "intercept", "ci95_lo", "ci95_hi"):
        scale = max(scale, abs(float(row["se"])))
    if number in ("t", "r2", "adj_r2", "partial_r2", "f"):
        # a tiny slope has a tiny t and r2: absolute, in units of 1
        scale = max(scale, 1e-2 if number in ("t", "f") else 1e-4)
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
        if bad:
            print(f"  {table}: {row['case']}: {row['y']} ~ {row['x']}: {bad}")
            failed += 1
    return failed


def read_table(refdata, name):
    path = os.path.join(refdata, "expected", name + ".csv")
    with open(path, newline="", encoding="utf-8",
              errors="surrogateescape") as file:
        return list(csv.DictReader(file))


def tell(what, n, bad, worst):
    """The line of so many fits; how many are right and wrong."""
    shown = max(worst.values(), default=(0.0, "-"))
    print(f"{what}: {n} fits, {bad} wrong, worst {shown[0]:.2g} of what is "
          "allowed")
    return n - bad, bad


def total(counts):
    """Of (passed, failed)."""
    return tuple(map(sum, zip(*counts)))


def check_table(program, refdata, cases, table, options):
    counts = []
    rows = read_table(refdata, table)
    wanted = {r["case"] for r in rows}
    for engine in ("auto", "exact"):
        ours = {c: run(program, refdata, cases[c],
                       [*options, "--engine", engine]) for c in wanted}
        for name, exact in ((table, False), ("exact_" + table, True)):
            rows = read_table(refdata, name)
            worst = {}
            bad = compare(name, rows, ours, exact, worst)
            counts.append(tell(f"{name}, {engine}", len(rows), bad, worst))
    return total(counts)


def of_kind(row, kind):
    """A row of robust_se as one of a single kind."""
    return {k.removesuffix("_" + kind): v for k, v in row.items()}


def of_clusters(row):
    return {"df_resid": str(int(row["clusters"]) - 1), **row,
            "se": row["se_cr1"], "t": row.get("t_cr1"),
            "p": row.get("p_cr1_df_g1"), "log10p": row.get("log10p_cr1_df_g1")}


def of_lags(row):
    return {**row, "se": row["se_nw_adj"], "t": row["t_nw_adj"],
            "p": row["p_nw_adj"]}


def check_errors(program, refdata, cases, table, what, options_of, convert):
    """Robust standard errors, by both engines."""
    counts = []
    for engine in ("auto", "exact"):
        ours = {}
        for name, exact in ((table, False), ("exact_" + table, True)):
            if not os.path.exists(
                    os.path.join(refdata, "expected", name + ".csv")):
                continue
            # a case may come again and again, with other options
            rows = []
            for row in map(convert, read_table(refdata, name)):
                if "se" not in row:
                    continue
                options = options_of(cases[row["case"]], row)
                key = " ".join((row["case"], *options))
                if key not in ours:
                    ours[key] = run(program, refdata, cases[row["case"]],
                                    ["covariates", *options,
                                     "--engine", engine])
                rows.append({**row, "case": key})
            worst = {}
            bad = compare(name, rows, ours, exact, worst)
            counts.append(tell(f"{name}, {what}, {engine}", len(rows), bad,
                               worst))
    return total(counts)


# model -> name of theirs -> name of theirs elsewhere
CORRELATIONS = {
    "spearman": {"spearman_rho": "r", "spearman_t": "t", "spearman_p_t": "p",
                 "spearman_log10p_t": "log10p"},
    "ols": {"pearson_r": "r", "pearson_t": "t", "pearson_p": "p",
            "pearson_ci95_lo": "r_low", "pearson_ci95_hi": "r_high"},
    "kendall": {"kendall_tau_b": "r", "kendall_z": "t", "kendall_p": "p"},
}


def check_correlations(program, refdata, cases, model):
    """Correlations, of ranks and Pearson's, by both engines."""
    counts = []
    rows = [{CORRELATIONS[model].get(k, k): v for k, v in r.items()
             if k in ("case", "y", "x", "n") or k in CORRELATIONS[model]}
            for r in read_table(refdata, "rank_corr")]
    for engine in ("auto", "exact"):
        options = ["-m", model, "--engine", engine]
        ours = {c: run(program, refdata, cases[c], options)
                for c in {r["case"] for r in rows}}
        worst = {}
        bad = compare("rank_corr", rows, ours, True, worst)
        counts.append(tell(f"rank_corr, {model}, {engine}", len(rows), bad,
                           worst))
    return total(counts)


def check_all_errors(program, refdata, cases):
    checks = [("robust_se", kind,
               lambda case, row, kind=kind: ["--se", kind],
               lambda row, kind=kind: of_kind(row, kind))
              for kind in ("hc0", "hc1", "hc2", "hc3", "hc4")]
    checks += [
        ("cluster_se", "cluster",
         lambda case, row: ["--se", "cluster", "--cluster",
                            escape(case["cluster"])], of_clusters),
        ("hac_se", "hac",
         lambda case, row: ["--se", "hac", "--lag", row["lag"]], of_lags)]
    return total(check_errors(program, refdata, cases, *check)
                 for check in checks)


# name of theirs, of the intercept and of any coefficient -> column of ours
INTERCEPT = {"se_intercept": "se", "t_intercept": "stat", "p_intercept": "p"}
COEFFICIENT = {"estimate": "beta", "se": "se", "t": "stat", "p": "p",
               "log10p": "neg_log10_p", "r2": "r2", "resid_sd": "sigma",
               "df_resid": "df"}


def differences(theirs, ours, numbers, exact):
    """The numbers that are not as they should be."""
    bad = [] if ours["n"] == theirs["n"] else ["n"]
    for number, column in numbers.items():
        value = theirs.get(number)
        if value in (None, "", "NA", "NaN", "Inf", "-Inf"):
            continue
        kind = {"estimate": "slope", "t_intercept": "t",
                "p_intercept": "p"}.get(number, number)
        row = {"se": theirs.get("se_intercept", theirs["se"])}
        if difference(value, ours[column], kind, row, exact) > 1.0:
            bad.append(f"{number} {value} != {ours[column]}")
    return bad


def check_intercepts(program, refdata, cases, table, options):
    """Standard error, t and p of the intercept."""
    passed = failed = 0
    ours = {}
    for name, exact in ((table, False), ("exact_" + table, True)):
        for row in read_table(refdata, name):
            case = row["case"]
            if row.get("se_intercept") in (None, "", "NA", "NaN"):
                continue
            if case not in ours:
                ours[case] = run(program, refdata, cases[case], options,
                                 "terms")
            mine = ours[case].get((row["y"], row["x"], "(intercept)"))
            bad = (["no row"] if mine is None
                   else differences(row, mine, INTERCEPT, exact))
            passed += not bad
            failed += bool(bad)
            if bad:
                print(f"  {name}: {case}: {row['y']} ~ {row['x']}: {bad}")
    print(f"{table}: {passed + failed} intercepts, {failed} wrong")
    return passed, failed


def check_coefficients(program, refdata, cases):
    """All coefficients of a model with many."""
    passed = failed = 0
    ours = {}
    for row in read_table(refdata, "ols_coefs"):
        case = cases[row["case"]]
        if row["case"] not in ours:
            ours[row["case"]] = run(program, refdata, case, ["covariates"],
                                    "terms")
        term = row["term"].replace("(Intercept)", "(intercept)")
        for factor in names(case["factor_covariates"]):
            if term.startswith(factor) and term != factor:
                term = f"{factor}={term[len(factor):]}"
        mine = ours[row["case"]].get((row["y"], case["x"], term))
        bad = (["no row"] if mine is None
               else differences(row, mine, COEFFICIENT, False))
        passed += not bad
        failed += bool(bad)
        if bad:
            print(f"  ols_coefs: {row['case']}: {row['term']}: {bad}")
    # the F of a factor is no coefficient
    n = sum(r["beta"] != "" for rows in ours.values() for r in rows.values())
    print(f"ols_coefs: {passed + failed} coefficients, {failed} wrong")
    same = n == passed + failed
    if not same:
        print(f"  ols_coefs: {n} rows instead")
    return passed + same, failed + (not same)


def check_groups(program, refdata, cases):
    """Every pair in every group; groups without a complete row aside."""
    counts = []
    theirs = read_table(refdata, "group_by")
    for engine in ("auto", "exact"):
        worst = {}
        bad = 0
        for name in sorted({r["case"] for r in theirs}):
            case = cases[name]
            group = case["group"]
            rows = [r for r in theirs if r["case"] == name]
            found = run(program, refdata, case,
                        ["--engine", engine, "-g", escape(group)],
                        key=(group, "y", "x"))
            for row in rows:
                mine = found.pop((row["level"], row["y"], row["x"]))
                bad += compare("group_by", [row],
                               {name: {(row["y"], row["x"]): mine}}, False,
                               worst)
            more = [r for r in found.values() if r["n"] != "0"]
            bad += len(more)
        counts.append(tell(f"group_by, {engine}", len(theirs), bad, worst))
    return total(counts)


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


# degenerate.csv: case -> y, x, covariates, options, status that we promise
DEGENERATE = {
    "const_x": ("y", "x_three", "", [], "constant_x"),
    "const_x_tenth": ("y", "x_tenth", "", [], "constant_x"),
    "const_x_big": ("y", "x_big", "", [], "constant_x"),
    "const_x_noint": ("y", "x_three", "", ["--no-intercept"], "ok"),
    "const_y": ("y_five", "x", "", [], "constant_y"),
    "const_y_tenth": ("y_tenth", "x", "", [], "constant_y"),
    "const_y_zero": ("y_zero", "x", "", [], "constant_y"),
    "const_both": ("y_five", "y_tenth", "", [], "constant_y"),
    "perfect_int": ("y_int", "x", "", [], "perfect_fit"),
    "perfect_tenth": ("y_tenth", "x", "", [], "perfect_fit"),
    "perfect_neg": ("y_neg", "x", "", [], "perfect_fit"),
    "n2": ("y", "x", "", [], "n_too_small"),
    "n2_noint": ("y", "x", "", ["--no-intercept"], "ok"),
    "n1": ("y", "x", "", [], "n_too_small"),
    "na_none": ("y", "x_none", "", [], "n_too_small"),
    "na_one": ("y", "x_one", "", [], "n_too_small"),
    "na_two": ("y", "x_two", "", [], "n_too_small"),
    "na_three": ("y", "x_three", "", [], "ok"),
    "na_all": ("y", "x_all_na", "", [], "n_too_small"),
    "collinear_double": ("y", "x", "z_double", [], "collinear"),
    "collinear_first": ("y", "z_double", "x", [], "collinear"),
    "collinear_shift": ("y", "x", "z_shift", [], "collinear"),
    "collinear_near_tol": ("y", "x", "z_near", [], "ok"),
    "collinear_sum": ("y", "x", "z_sum,q", [], "collinear"),
    "saturated": ("y", "x1", "x2,x3", [], "n_too_small"),
    "inf_y": ("y_inf", "x", "", [], "non_finite"),
    "inf_x": ("y", "x_inf", "", [], "non_finite"),
    "nan_x": ("y", "x_nan", "", [], "ok"),
    "off_1e9": ("y", "x_1e9", "", [], "ok"),
    "off_1e12": ("y", "x_1e12", "", [], "ok"),
    "off_year": ("y", "x_year", "", [], "ok"),
    "scale_base": ("y", "x", "", [], "ok"),
    "scale_tiny_x": ("y", "x_1em200", "", [], "ok"),
    "scale_huge_y": ("y_1e200", "x", "", [], "ok"),
    "scale_both": ("y_1e200", "x_1em200", "", [], "non_finite"),
    "scale_denorm": ("y", "x_denorm", "", [], "non_finite"),
    "scale_1e300": ("y_1e300", "x", "", [], "ok"),
    "w_ok": ("y", "x", "", ["-w", "w_ok"], "ok"),
    "w_zero": ("y", "x", "", ["-w", "w_zero"], "ok"),
    "w_na": ("y", "x", "", ["-w", "w_na"], "ok"),
    "w_all0": ("y", "x", "", ["-w", "w_all0"], "n_too_small"),
    "w_huge": ("y", "x", "", ["-w", "w_huge"], "ok"),
}

# what the notes give where R is not the model: slope, se
RIGHT = {
    "off_1e9": (141 / 70, 0.061611024722422351),
    "off_1e12": (141 / 70, 0.061611024722422351),
    "scale_tiny_x": (1.99e200, 5.9721576223896559e198),
    "scale_huge_y": (1.99e200, 5.9721576223896559e198),
    "scale_1e300": (1.99e300, 5.9721576223896559e298),
}


def check_degenerate(program, refdata):
    rows = {(r["case"], r["term"]): r
            for r in read_table(refdata, "degenerate")}
    files = {r["case"]: r["file"] for r in read_table(refdata, "degenerate")}
    passed = failed = 0
    for case, (y, x, cov, options, status) in DEGENERATE.items():
        command = [program, "run", "-q", "-y", y, "-x", x, *options,
                   os.path.join(refdata, "degenerate", files[case])]
        if cov:
            command += ["-c", cov]
        out = subprocess.run(command, capture_output=True, check=True).stdout
        (mine,) = csv.DictReader(io.StringIO(out.decode()))
        ok = mine["status"] == status
        theirs = rows.get((case, x))
        if status == "ok" and case in RIGHT:
            beta, se = RIGHT[case]
            ok = (ok and math.isclose(float(mine["beta"]), beta, rel_tol=1e-13)
                  and math.isclose(float(mine["se"]), se, rel_tol=1e-13))
        elif status == "ok" and theirs:
            tol = 1e-6 if case == "collinear_near_tol" else 1e-10
            ok = ok and all(
                math.isclose(float(mine[a]), float(theirs[b]), rel_tol=tol)
                for a, b in (("beta", "estimate"), ("se", "se"), ("p", "p")))
        elif status not in ("ok", "perfect_fit"):
            ok = ok and mine["beta"] == mine["p"] == ""
        passed += ok
        failed += not ok
        if not ok:
            print(f"  degenerate: {case}: {status} expected: {mine}")
    print(f"degenerate: {passed + failed} cases, {failed} wrong")
    return passed, failed


def score(checks):
    """Runs checks(program, refdata, cases), which gives (passed, failed)
    again and again; the exit status."""
    program, refdata = sys.argv[1:3]
    if not os.path.isdir(os.path.join(refdata, "expected")):
        print(f"SKIP: no reference results in '{refdata}' "
              "(REGSWEEP_REFDATA)")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    cases = {r["case"]: r for r in read_table(refdata, "cases")}
    passed, failed = total(checks(program, refdata, cases))
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


def checks(*data):
    for table, options in TABLES.items():
        yield check_table(*data, table, options)
        yield check_intercepts(*data, table, options)
    yield check_all_errors(*data)
    for model in CORRELATIONS:
        yield check_correlations(*data, model)
    yield check_groups(*data)
    yield check_coefficients(*data)
    for case in ("nm_all", "md_all"):
        yield check_sweep(*data, case)
    yield check_degenerate(*data[:2])


if __name__ == "__main__":
    sys.exit(score(checks))
