# SPDX-License-Identifier: GPL-3.0-or-later
"""What peers in Python print."""

from fractions import Fraction


def slope(y, x):
    """Exactly, of numbers as they are."""
    n = len(y)
    mean_y, mean_x = sum(y) / n, sum(x) / n
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum(
        (a - mean_x) ** 2 for a in x
    )


def print_fits(table, pairs):
    """y,x,n,beta of pairs of columns of a data frame (or dict of lists)."""
    print("y,x,n,beta")
    for y, x in pairs:
        rows = [
            (Fraction(float(a)), Fraction(float(b)))
            for a, b in zip(table[y], table[x])
            if a == a and b == b  # NaN is not
        ]
        beta = slope([a for a, _ in rows], [b for _, b in rows])
        print(f"{y},{x},{len(rows)},{float(beta)!r}")


def print_columns(table):
    """What describe has of the columns of a data frame."""
    print("column,n,missing,distinct,mean,sd,min,max")
    for name in table.columns:
        column = table[name]
        counts = f"{name},{column.count()},{column.isna().sum()},{column.nunique()}"
        if column.dtype.kind in "if":
            print(f"{counts},{column.mean()!r},{column.std()!r},"
                  f"{float(column.min())!r},{float(column.max())!r}")
        else:
            print(f"{counts},,,,")
