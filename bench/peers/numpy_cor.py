# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: numpy_cor.py FILE NY NX OUT - the first NY columns on the next NX as
one does it in numpy when it must be fast: loadtxt (at this size sooner done
than pandas is imported), one matrix product of standardised columns for all
correlations (what corrcoef does, without the squares nobody asked for),
scipy.special.stdtr for the tails, the csv module for the rows.
`numpy_cor.py version` tells the versions and the BLAS."""
import csv
import sys

import numpy as np
import scipy
from scipy.special import stdtr


def describe():
    with open("/proc/self/maps", encoding="ascii", errors="replace") as maps:
        blas = sorted({line.split()[-1] for line in maps if "libopenblas" in line})
    print(f"numpy {np.__version__}, scipy {scipy.__version__}, "
          f"BLAS {', '.join(blas)}")


def standardised(values):
    mean = values.mean(axis=0)
    centred = values - mean
    length = np.sqrt((centred * centred).sum(axis=0))
    return centred / length, mean, length


def main(path, n_y, n_x, out):
    with open(path, encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))[:n_y + n_x]
        values = np.loadtxt(file, delimiter=",")[:, :n_y + n_x]
    y, mean_y, length_y = standardised(values[:, :n_y])
    x, mean_x, length_x = standardised(values[:, n_y:])
    n = len(values)
    r = y.T @ x
    ratio = length_y[:, None] / length_x[None, :]
    beta = r * ratio
    se = ratio * np.sqrt((1.0 - r * r) / (n - 2))
    stat = beta / se
    p = 2.0 * stdtr(n - 2, -np.abs(stat))
    intercept = mean_y[:, None] - beta * mean_x[None, :]
    y_names = np.repeat(np.array(names[:n_y], dtype=object), n_x).tolist()
    x_names = names[n_y:] * n_y
    columns = (intercept, beta, se, stat, p, r * r)
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow("y x n intercept beta se stat p r2".split())
        writer.writerows(zip(y_names, x_names, [n] * r.size,
                             *(c.ravel().tolist() for c in columns)))


if sys.argv[1] == "version":
    describe()
else:
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
