# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: agree.py OURS THEIRS LIMIT [subset] - two files of results, compared
pair by pair: prints the largest relative difference of each number, and fails
where one is above LIMIT or the pairs are not the same (subset: THEIRS may lack
some). A slope or statistic near 0 has no relative accuracy to lose in any
program: its difference counts against its standard error where that is larger,
a determination's against 1e-4, and a p below 1e-300 not at all."""
import sys

import numpy as np
import pandas as pd

KEYS = ["y", "x"]


def main(ours, theirs, limit, subset):
    a = pd.read_csv(ours, float_precision="round_trip")
    b = pd.read_csv(theirs, float_precision="round_trip")
    both = a.merge(b, on=KEYS, suffixes=("_a", "_b"))
    whole = len(both) == len(b) and (subset or len(both) == len(a))
    worst = {}
    for name in ("beta", "se", "stat", "p", "r2", "p_bh"):
        if name not in a or name not in b:
            continue
        left, right = both[name + "_a"], both[name + "_b"]
        size = np.abs(left)
        if name == "beta":
            size = np.maximum(size, both["se_a"])
        elif name == "stat":
            size = np.maximum(size, 1.0)
        elif name == "r2":
            size = np.maximum(size, 1e-4)
        elif name in ("p", "p_bh"):
            size = size.where(size > 1e-300)
        worst[name] = float((np.abs(left - right) / size).max())
    fine = whole and len(both) > 0 and all(v <= limit for v in worst.values())
    print(f"  {'same results' if fine else 'DIFFERENT RESULTS'}: {len(a):,} and "
          f"{len(b):,} pairs, {len(both):,} in both; largest relative "
          "difference " + ", ".join(f"{k} {v:.1e}" for k, v in worst.items()))
    return 0 if fine else 1


sys.exit(main(sys.argv[1], sys.argv[2], float(sys.argv[3]),
              len(sys.argv) > 4))
