# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: linregress_pool.py FILE NY NX PAIRS JOBS OUT - the first NY columns on
the next NX as most people do it in Python: scipy.stats.linregress pair by pair
in a multiprocessing.Pool, the results written by csv. Only the first PAIRS
pairs are done (0: all). Prints the seconds from the start of the imports that
do not depend on the number of pairs, and those of the loop and writing, which
do; the whole is the first plus the second times NY * NX / PAIRS."""
import time

BEGIN = time.perf_counter()

import csv
import multiprocessing
import sys

import pandas as pd
from scipy.stats import linregress

VALUES = []
NAMES = []


def fit(pair):
    i, j = pair
    fitted = linregress(VALUES[j], VALUES[i])
    return (NAMES[i], NAMES[j], len(VALUES[i]), fitted.intercept, fitted.slope,
            fitted.stderr, fitted.slope / fitted.stderr, fitted.pvalue,
            fitted.rvalue**2)


def main(path, n_y, n_x, n_pairs, jobs, out):
    table = pd.read_csv(path, usecols=range(n_y + n_x))
    NAMES.extend(table.columns)
    VALUES.extend(table[name].to_numpy().copy() for name in table.columns)
    n_pairs = n_pairs or n_y * n_x
    pairs = [(k // n_x, n_y + k % n_x) for k in range(min(n_pairs, n_y * n_x))]
    with multiprocessing.Pool(jobs) as pool, open(
            out, "w", newline="", encoding="utf-8") as file:
        pool.map(abs, range(jobs))
        read = time.perf_counter()
        writer = csv.writer(file)
        writer.writerow("y x n intercept beta se stat p r2".split())
        writer.writerows(pool.imap(fit, pairs, chunksize=50))
    print(f"{read - BEGIN:.6f} {time.perf_counter() - read:.6f}")


main(sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6])
