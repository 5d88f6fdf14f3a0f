#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/unit/tables/tails_table.h: tails of t and F by mpmath, 60 digits; and
tests/unit/tables/correlation_table.h: the tail of t as a function of r and 1 - r^2.

usage: make_tails.py > tests/unit/tables/tails_table.h     (needs python3-mpmath)
       make_tails.py r > tests/unit/tables/correlation_table.h
"""

import sys

from mpmath import mp, mpf, log, loggamma, exp, erfc, sqrt, findroot

mp.dps = 60


def fraction(a, b, x):
    """Continued fraction of I_x(a, b) a B(a, b) / (x^a y^b), modified Lentz."""
    tiny = mpf(10) ** -400
    c = mpf(1)
    d = 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 100000):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x
                     / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / ((1 + term * d) or tiny)
            c = (1 + term / c) or tiny
            value *= c * d
        if abs(c * d - 1) < mpf(10) ** -50:
            return value
    raise ArithmeticError("no convergence")


def log_beta_tail(a, b, x, y):
    """ln I_x(a, b) with y = 1 - x, from the side that converges."""
    front = (a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a)
             - loggamma(b))
    if x < (a + 1) / (a + b + 2):
        return front - log(a) + log(fraction(a, b, x))
    return log(1 - exp(front) / b * fraction(b, a, y))


def t_log_p(t, df):
    t, df = mpf(t), mpf(df)
    if t == 0:
        return mpf(0)
    return log_beta_tail(df / 2, mpf(1) / 2, df / (df + t * t),
                         t * t / (df + t * t))


def f_log_p(f, df1, df2):
    f, df1, df2 = mpf(f), mpf(df1), mpf(df2)
    return log_beta_tail(df2 / 2, df1 / 2, df2 / (df2 + df1 * f),
                         df1 * f / (df2 + df1 * f))


def correlation_row(t, df):
    """The tail as a function of the doubles r and rest = 1 - r^2: of r where
    r is small, of rest elsewhere, because the other has lost digits."""
    t, dof = mpf(t), mpf(df)
    r = float(t / sqrt(dof + t * t))
    if r * r < 0.5:
        square = mpf(r) ** 2
        rest = float(1 - square)
        exact = 1 - square
    else:
        rest = float(dof / (dof + t * t))
        r = float(sqrt(1 - mpf(rest)))
        exact = mpf(rest)
    tail = log_beta_tail(dof / 2, mpf(1) / 2, exact, 1 - exact)
    return f"    {{{r!r}, {rest!r}, {df!r}, {show(tail)}}},"


def show(x):
    return mp.nstr(x, 20, min_fixed=0, max_fixed=0)


def main():
    print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
    print("/* Made by tests/oracle/make_tails.py; do not edit. */")
    print("\nstatic const struct {\n    double t, df, log_p;\n"
          "} t_table[] = {")
    for df in (1, 2, 3, 4.5, 10, 29, 30, 31, 98, 298, 998, 1e4, 1e5, 1e6):
        for t in (1e-8, 0.1, 0.5, 1, 1.6, 1.75, 2, 3, 5, 10, 15, 20, 38, 50,
                  100, 1e3, 1e4, 1e10, 1e40):
            print(f"    {{{t!r}, {df!r}, {show(t_log_p(t, df))}}},")
    print("};\n\nstatic const struct {\n    double f, df1, df2, log_p;\n"
          "} f_table[] = {")
    for df1 in (1, 2, 3, 7, 20, 100, 2000):
        for df2 in (1, 5, 30, 98, 998, 1e5):
            for f in (1e-6, 0.1, 0.7, 0.99, 1, 1.3, 2, 5, 20, 300, 1e6):
                print(f"    {{{f!r}, {df1!r}, {df2!r}, "
                      f"{show(f_log_p(f, df1, df2))}}},")
    print("};\n\nstatic const struct {\n    double p, df, t;\n"
          "} quantile_table[] = {")
    for df in (1, 2, 5, 30, 109, 998, 1e5):
        for t in (0.1, 0.7, 1.96, 4, 30):
            p = float(exp(t_log_p(t, df)))  # a double, so t must be found
            if p == 0.0:
                continue
            root = findroot(lambda s: t_log_p(s, df) - log(mpf(p)), mpf(t))
            print(f"    {{{p!r}, {df!r}, {show(root)}}},")
    print("};\n\nstatic const struct {\n    double t, log_p;\n"
          "} normal_table[] = {")
    for t in (1e-6, 0.5, 1, 3, 8, 20, 38, 100, 1000):
        print(f"    {{{t!r}, {show(log(erfc(mpf(t) / sqrt(mpf(2)))))}}},")
    print("};")


def correlations():
    mp.dps = 340  # 1 - rest must keep rest = 1e-310
    print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
    print("/* Made by tests/oracle/make_tails.py; do not edit. */")
    print("/* clang-format off */")
    print("\nstatic const struct {\n    double r, rest, df, log_p;\n"
          "} correlation_table[] = {")
    for df in (1, 1.5, 2, 3, 4, 5, 7, 10, 20, 29, 30, 31, 50, 98, 100.5, 298,
               998, 9998, 1e5, 1e6, 1e9):
        for t in (1e-12, 1e-8, 1e-4, 0.01, 0.1, 0.5, 0.9, 1.1, 1.6, 1.7, 2, 3,
                  5, 8, 12, 20, 30, 36, 37, 50, 100, 300, 1e3, 1e4, 1e6, 1e10,
                  1e40, 1e120, 1e155):
            print(correlation_row(t, df))
    print("};")


if __name__ == "__main__":
    if sys.argv[1:] == ["r"]:
        correlations()
    else:
        main()
