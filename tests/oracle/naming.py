#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares --naming statsmodels with statsmodels: its names, and its values.

usage: naming.py REGSWEEP

Prints a line a comparison and at the end `N passed, N failed, N skipped`.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile


def with_statsmodels():
    """The first python3 in PATH that has it; None: there is none."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        program = os.path.join(folder, "python3")
        if os.access(program, os.X_OK):
            found = subprocess.run(
                [program, "-c", "import statsmodels.api"],
                capture_output=True,
                check=False,
            )
            if found.returncode == 0:
                return program
    return None


def table(n=30):
    source = random.Random(12)
    rows = []
    for _ in range(n):
        x, c, w = source.gauss(5, 2), source.gauss(0, 1), source.uniform(1, 3)
        rows.append((x + 2 * c + source.gauss(0, 3), x, c, w))
    return rows


def ours(program, rows, options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "d.csv")
        with open(path, "w", encoding="utf-8") as out:
            csv.writer(out).writerows([("y", "x", "c", "w"), *rows])
        command = [program, "run", "-q", path, "-y", "y", "-x", "x"]
        command += ["--naming", "statsmodels", *options]
        text = subprocess.run(command, capture_output=True, check=True, text=True)
    return list(csv.DictReader(text.stdout.splitlines()))


def theirs(fit, alpha):
    """Rows of the coefficients, and what the head of the summary says."""
    summary = fit.summary(alpha=alpha)
    names = [cell.data.strip() for cell in summary.tables[1][0]][1:]
    limits = fit.conf_int(alpha)
    columns = [fit.params, fit.bse, fit.tvalues, fit.pvalues, limits[:, 0], limits[:, 1]]
    head = {cell.data.strip().rstrip(":") for row in summary.tables[0] for cell in row}
    whole = {
        "No. Observations": fit.nobs,
        "Df Residuals": fit.df_resid,
        "R-squared": fit.rsquared,
        "Adj. R-squared": fit.rsquared_adj,
        "F-statistic": fit.fvalue,
        "Prob (F-statistic)": fit.f_pvalue,
        "Log-Likelihood": fit.llf,
    }
    return names, [dict(zip(names, values)) for values in zip(*columns)], head, whole


def near(a, b):
    return abs(float(a) - float(b)) <= 1e-9 * max(abs(float(b)), 1e-3)


def compare(program):
    import numpy
    import statsmodels.api as sm

    rows = table()
    y, x, c, w = numpy.array(rows).T
    design = sm.add_constant(numpy.column_stack([x, c]))
    models = {
        "ols": (sm.OLS(y, design).fit(), []),
        "wls": (sm.WLS(y, design, weights=w).fit(), ["-w", "w"]),
        "hc1": (sm.OLS(y, design).fit(cov_type="HC1", use_t=True), ["--se", "hc1"]),
    }
    verdicts = []
    for name, (fit, kind) in models.items():
        for level in (0.95, 0.9):
            names, coefficients, head, whole = theirs(fit, round(1 - level, 10))
            options = [*kind, "-c", "c", "--conf-level", str(level)]
            mine = ours(program, rows, options + ["--rows", "terms"])
            at = [list(mine[0]).index(n) if n in mine[0] else -9 for n in names]
            verdicts.append((f"{name} {level}: names", at == list(range(at[0], at[0] + 6))))
            values = all(near(m[n], t[n]) for m, t in zip(mine, coefficients) for n in names)
            verdicts.append((f"{name} {level}: values", values and len(mine) == 3))
            pair = ours(program, rows, options + ["--columns", "+df,+fit,-level"])[0]
            if name == "hc1":  # whose F is robust there, and has our name here
                whole = {k: v for k, v in whole.items() if "F-" not in k}
            good = all(k in head and near(pair[k], v) for k, v in whole.items())
            verdicts.append((f"{name} {level}: head", good and "Dep. Variable" in head))
            other = near(float(pair["bic"]) - fit.bic, numpy.log(len(rows)))
            verdicts.append((f"{name} {level}: BIC is another", other and "BIC" not in pair))
    return verdicts


def main():
    program = sys.argv[1]
    try:
        verdicts = compare(program)
    except ImportError:
        python = with_statsmodels()
        if python is None or "REGSWEEP_ORACLE_AGAIN" in os.environ:
            print("SKIP: statsmodels is not installed")
            print("0 passed, 0 failed, 1 skipped")
            return 0
        again = dict(os.environ, REGSWEEP_ORACLE_AGAIN="1")
        return subprocess.run([python, *sys.argv], env=again, check=False).returncode
    failed = sum(not good for _, good in verdicts)
    for name, good in verdicts:
        print("ok  " if good else "FAIL", "statsmodels,", name)
    print(f"{len(verdicts) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
