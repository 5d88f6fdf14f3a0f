#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both engines against rational arithmetic on the doubles of the table.

usage: exact.py REGSWEEP

Small tables of the kinds on which least squares loses digits - weights over
many decades, powers as covariates, categories, gaps, offsets, scales, nearly
perfect and nearly collinear columns, few rows, whole numbers - are fitted
here with fractions, tails of t with decimals of 60 digits, and swept by both
engines. Every number must be right to 1e-10, p to 1e-12 times the condition
of ln p in t where that is above 1. Columns made to have a status must have
it, pair by pair, in both engines and where few rows are kept.

REGSWEEP_ROUNDS=N makes N times as many tables, of other random numbers.
Prints one line for each kind and at the end `N passed, N failed, N skipped`.
"""

import decimal
import math
import os
import random
import sys
import tempfile
from decimal import Decimal
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, with_gaps, write

ALLOWED = Decimal("1e-10")
ALLOWED_P = Decimal("1e-12")
LEAST = Decimal("1e-300")
CONF = Decimal("0.95")
COLUMNS = ("y,x,n,df,intercept,beta,se,stat,p,neg_log10_p,r,r2,sigma,aic,"
           "ci_low,ci_high,status")
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494"
             "459230781640628620899862803")

decimal.getcontext().prec = 60
decimal.getcontext().Emin = -999999999
decimal.getcontext().Emax = 999999999


# ---- tails of t -------------------------------------------------------------

def beta_half(df):
    """B(df / 2, 1 / 2)."""
    value = Decimal(2) if df % 2 == 0 else PI
    for i in range(2 if df % 2 == 0 else 1, df, 2):
        value *= Decimal(i) / Decimal(i + 1)
    return value


def beta_fraction(a, b, x):
    """I_x(a, b) a B(a, b) / (x^a (1 - x)^b), by Lentz's method."""
    one = Decimal(1)
    c = one
    d = 1 / (one - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 20000):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x
                     / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            value *= c * d
        if abs(c * d - 1) < Decimal("1e-45"):
            return value
    raise ArithmeticError("the fraction does not settle")


def t_tail(t, df):
    """P(|T| >= |t|), and the condition of its logarithm in t."""
    half = Decimal("0.5")
    a = Decimal(df) / 2
    square = t * t
    rest = df / (df + square)  # 1 - r^2
    squared = square / (df + square)
    root = squared.sqrt() * rest ** a
    b = beta_half(df)
    if t == 0:
        return Decimal(1), Decimal(0)
    if rest < (a + 1) / (a + half + 2):
        p = root / (a * b) * beta_fraction(a, half, rest)
    else:
        p = 1 - root / (half * b) * beta_fraction(half, a, squared)
    # t times the density of both tails, 2 t^2 / (df + t^2)^.. in terms of r
    return p, 2 * root / b / p


def t_quantile(conf, df):
    """The t that leaves 1 - conf outside."""
    low, high = Decimal(0), Decimal(2)
    while t_tail(high, df)[0] > 1 - conf:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        if t_tail(middle, df)[0] > 1 - conf:
            low = middle
        else:
            high = middle
    return low


QUANTILES = {}


def quantile(df):
    if df not in QUANTILES:
        QUANTILES[df] = t_quantile(CONF, df)
    return QUANTILES[df]


# ---- least squares ----------------------------------------------------------

def whole(values):
    """Doubles as whole numbers and the power of two that was multiplied."""
    ratios = [v.as_integer_ratio() for v in values]
    most = max(d for _, d in ratios)
    return [n * (most // d) for n, d in ratios], most


def decimal_of(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


class Fit:
    """y on x and the base, weighted, exactly. A status other than ok is one
    that needs no rounding."""

    def __init__(self, y, x, base, weights, intercept):
        n = len(y)
        ones = [[1.0] * n] if intercept else []
        columns = ones + base + [x, y]
        scaled = [whole(c) for c in columns]
        w, w_unit = whole(weights)
        self.gram = self.products(scaled, w, w_unit)
        kept = self.eliminate(len(columns) - 2)
        self.n = n
        self.df = n - len(kept) - 1
        xx, xy, yy = (self.reduced[i][j]
                      for i, j in ((-2, -2), (-2, -1), (-1, -1)))
        flat = {"constant_y": y, "constant_x": x}
        self.status = next(
            (name for name, values in flat.items()
             if set(values) <= (set(values[:1]) if intercept else {0.0})),
            "collinear" if xx == 0 else "y_explained" if yy == 0 else "ok")
        if self.df < 1:
            self.status = "n_too_small"
        if self.status != "ok":
            return
        rss = yy - xy * xy / xx
        if rss == 0:
            self.status = "perfect_fit"
            return
        self.numbers(xx, xy, rss, kept, weights, intercept)

    @staticmethod
    def products(scaled, w, w_unit):
        gram = []
        for i, (a, a_unit) in enumerate(scaled):
            weighted = [u * v for u, v in zip(w, a)]
            gram.append([Fraction(sum(u * v for u, v in zip(weighted, b)),
                                  w_unit * a_unit * b_unit)
                         for b, b_unit in scaled[:i + 1]])
        size = len(gram)
        return [[gram[max(i, j)][min(i, j)] for j in range(size)]
                for i in range(size)]

    def eliminate(self, n_base):
        """Takes the base out of the products, in order; those that depend on
        earlier ones are left out."""
        g = [row[:] for row in self.gram]
        kept = []
        self.steps = []
        for k in range(n_base):
            if g[k][k] == 0:
                continue
            kept.append(k)
            factors = [g[i][k] / g[k][k] for i in range(len(g))]
            self.steps.append((k, factors))
            for i in range(k + 1, len(g)):
                if factors[i] != 0:
                    for j in range(k + 1, len(g)):
                        g[i][j] -= factors[i] * g[k][j]
        self.reduced = g
        return kept

    def numbers(self, xx, xy, rss, kept, weights, intercept):
        beta = xy / xx
        size = len(self.gram)
        coefs = [Fraction(0)] * size
        coefs[size - 2] = beta
        for k, factors in reversed(self.steps):
            coefs[k] = factors[size - 1] - sum(
                factors[j] * coefs[j] for j in range(k + 1, size - 1))
        total = self.gram[-1][-1]
        if intercept:
            total -= self.gram[0][-1] ** 2 / self.gram[0][0]
        df = Decimal(self.df)
        sigma = (decimal_of(rss) / df).sqrt()
        root = decimal_of(xx).sqrt()
        self.beta = decimal_of(beta)
        self.intercept = decimal_of(coefs[0]) if intercept else None
        self.se = sigma / root
        self.stat = self.beta / self.se
        self.r = self.stat / (df + self.stat * self.stat).sqrt()
        self.r2 = decimal_of(1 - rss / total)
        self.sigma = sigma
        self.p, self.condition = t_tail(abs(self.stat), self.df)
        n = Decimal(self.n)
        terms = [n * ((2 * PI * decimal_of(rss) / n).ln() + 1),
                 -sum(Decimal(w).ln() for w in weights),
                 Decimal(2 * (len(kept) + 2))]
        self.aic = sum(terms)
        self.aic_size = sum(abs(t) for t in terms)


# ---- comparing --------------------------------------------------------------

class Tally(sweeps.Checks):
    def __init__(self):
        super().__init__()
        self.worst = {}

    def number(self, where, name, got, want, size, allowed):
        """One number, against `size` where it is a difference."""
        if want is None:
            self.that(got == "", f"{where}: {name} {got}, not empty")
            return
        if got == "":
            self.that(False, f"{where}: no {name}, not {want:.17g}")
            return
        error = abs(Decimal(got) - want) / max(size, LEAST)
        part = error / allowed
        self.worst[name] = max(self.worst.get(name, Decimal(0)), part)
        self.that(part <= 1, f"{where}: {name} {got}, not {want:.17g} "
                             f"({error:.2g}, {allowed:.2g} allowed)")


def compare(tally, where, row, fit):
    for name in ("n", "df"):
        tally.that(row[name] == str(getattr(fit, name)),
                   f"{where}: {name} {row[name]}, not {getattr(fit, name)}")
    tally.that(row["status"] == "ok", f"{where}: status {row['status']}")
    if row["status"] != "ok":
        return
    for name in ("intercept", "beta", "se", "stat", "r", "r2", "sigma"):
        want = getattr(fit, name)
        tally.number(where, name, row[name], want, want and abs(want), ALLOWED)
    half = quantile(fit.df) * fit.se
    for name, sign in (("ci_low", -1), ("ci_high", 1)):
        tally.number(where, name, row[name], fit.beta + sign * half,
                     abs(fit.beta) + half, ALLOWED)
    tally.number(where, "aic", row["aic"], fit.aic, fit.aic_size, ALLOWED)
    if fit.p > LEAST:
        tally.number(where, "p", row["p"], fit.p, fit.p,
                     ALLOWED_P * max(1, fit.condition))
    log = -fit.p.log10()
    tally.number(where, "neg_log10_p", row["neg_log10_p"], log, log, ALLOWED)


# ---- tables -----------------------------------------------------------------

class Case:
    """A table, what to fit of it, and statuses that are known: {(y, x):
    status}; others that a pair may have instead of its numbers."""

    def __init__(self, columns, y, x, covariates=(), factors=(), weights=None,
                 intercept=True, known=None, maybe=None):
        self.columns = columns
        self.y, self.x = y, x
        self.covariates, self.factors = list(covariates), list(factors)
        self.weights = weights
        self.intercept = intercept
        self.known, self.maybe = known or {}, maybe or {}

    def options(self):
        out = ["-y", ",".join(self.y), "-x", ",".join(self.x)]
        if self.covariates or self.factors:
            out += ["-c", ",".join(self.covariates + self.factors)]
        if self.weights:
            out += ["-w", self.weights]
        return out + ([] if self.intercept else ["--no-intercept"])

    def fit(self, y, x):
        used = [y, x] + self.covariates + self.factors
        used += [self.weights] if self.weights else []
        rows = [i for i in range(len(self.columns[y]))
                if all(self.columns[c][i] is not None for c in used)
                and (not self.weights or self.columns[self.weights][i] > 0)]

        def take(name):
            return [self.columns[name][i] for i in rows]
        base = [take(c) for c in self.covariates]
        for name in self.factors:
            values = take(name)
            for level in sorted({v for v in self.columns[name]
                                 if v is not None})[1:]:
                base.append([1.0 if v == level else 0.0 for v in values])
        weights = take(self.weights) if self.weights else [1.0] * len(rows)
        if not rows:
            return None
        return Fit(take(y), take(x), base, weights, self.intercept)


def decades(rng, n, most):
    return [10.0 ** rng.uniform(-most, most) for _ in range(n)]


def plain(rng):
    n = rng.choice([8, 30, 150])
    base = noise(rng, n)
    out = {f"y{i}": [u * (0.5 * b + e) + s
                     for b, e in zip(base, noise(rng, n))]
           for i, (s, u) in enumerate([(0, 1), (1e3, 1), (-1e9, 1e2),
                                       (0, 1e-250), (1e200, 1e199)])}
    out.update({f"x{i}": [u * (0.3 * b + e) + s
                          for b, e in zip(base, noise(rng, n))]
                for i, (s, u) in enumerate([(0, 1), (1e5, 0.1), (1e8, 1),
                                            (0, 1e150)])})
    return Case(out, [c for c in out if c[0] == "y"],
                [c for c in out if c[0] == "x"])


def steep(rng):
    n = rng.choice([12, 150, 1000])
    x = noise(rng, n)
    out = {"x": x, "minus": [-3.0 * v for v in x]}
    for i, e in enumerate((0.3, 0.1, 0.05, 0.03, 0.01, 3e-3, 1e-3, 3e-5)):
        out[f"y{i}"] = [2.0 + 3.0 * v + e * u
                        for v, u in zip(x, noise(rng, n))]
    return Case(out, [c for c in out if c[0] == "y"], ["x", "minus"])


def weighted(rng):
    n = rng.choice([6, 20, 60])
    b = noise(rng, n)
    out = {"y": [3.0 + u + v for u, v in zip(b, noise(rng, n))],
           "far": [1e6 + v for v in noise(rng, n)],
           "x": [0.5 * u + v for u, v in zip(b, noise(rng, n))],
           "z": [100.0 + v for v in noise(rng, n)],
           "w": decades(rng, n, rng.choice([1, 4, 8, 13]))}
    if rng.random() < 0.3:
        out["w"][0] = 0.0
    return Case(out, ["y", "far"], ["x", "z"], weights="w")


def weighted_covariates(rng):
    case = weighted(rng)
    n = len(case.columns["y"])
    case.columns["c"] = noise(rng, n)
    case.columns["d"] = [50.0 + 9.0 * v for v in noise(rng, n)]
    case.covariates = ["c", "d"]
    case.intercept = rng.random() < 0.8
    return case


def powers(rng):
    n = 40
    year = [1980.0 + i for i in range(n)]
    out = {"y": [10.0 + 0.01 * i + v for i, v in enumerate(noise(rng, n))],
           "x": noise(rng, n), "z": [1e3 + v for v in noise(rng, n)],
           "t": year, "t2": [v * v for v in year], "t3": [v ** 3 for v in year],
           "w": [rng.uniform(0.5, 2.0) for _ in range(n)]}
    return Case(out, ["y"], ["x", "z"], ["t", "t2", "t3"][:rng.choice([2, 3])],
                weights=rng.choice([None, "w"]))


def groups(rng):
    n = rng.choice([40, 90])
    out = {"y": noise(rng, n), "s": [1e4 + v for v in noise(rng, n)],
           "x": noise(rng, n), "z": [v * 1e-3 + 7.0 for v in noise(rng, n)],
           "g": [rng.choice("abcde") for _ in range(n)],
           "h": [rng.choice("uvw") for _ in range(n)],
           "c": noise(rng, n), "w": decades(rng, n, 2)}
    for name in "ysxz":
        out[name] = with_gaps(rng, out[name], 0.03)
    return Case(out, ["y", "s"], ["x", "z"], ["c"], ["g", "h"],
                rng.choice([None, "w"]))


def gaps(rng):
    n = rng.choice([30, 200])
    base = noise(rng, n)
    out = {c: with_gaps(rng, [s + b + v for b, v in zip(base, noise(rng, n))],
                        part)
           for c, s, part in (("y", 0, 0.1), ("u", 100, 0.5), ("v", 0, 0.0),
                              ("x", 0, 0.3), ("z", 1e4, 0.05), ("q", 0, 0.6))}
    # most of what varies is where the partner is missing
    out["late"] = [v if i > n // 2 else v * 30.0
                   for i, v in enumerate(noise(rng, n))]
    out["half"] = [None if i <= n // 2 else v
                   for i, v in enumerate(noise(rng, n))]
    out["c"] = with_gaps(rng, noise(rng, n), 0.05)
    return Case(out, ["y", "u", "v", "late"], ["x", "z", "q", "half"],
                rng.choice([[], ["c"]]), intercept=rng.random() < 0.8)


def integers(rng):
    """Whole numbers: slopes that are 0 are 0."""
    n = 16
    signs = [[1.0 if bin(i & k).count("1") % 2 else -1.0 for i in range(n)]
             for k in range(1, n)]
    rng.shuffle(signs)
    out = {f"v{i}": [rng.choice([1, 2, 3]) * v + k for v in s]
           for i, (s, k) in enumerate(zip(signs, (0, 1, 7, 10, 3, 100)))}
    out["y"] = [u + v for u, v in zip(signs[6], signs[7])]
    out["s"] = [float(i % 4) for i in range(n)]
    out["e"] = [float(rng.randrange(5)) for _ in range(n)]
    out = {c: [float(v) for v in values] for c, values in out.items()}
    for i in range(4):
        out[f"v{i}"] = [float(2 + i + v) for v in signs[i]]
    return Case(out, ["y", "v0", "v1", "s"], ["v2", "v3", "v4", "v5", "e"],
                rng.choice([[], ["s"]]) if rng.random() < 0.5 else [])


def huge(rng):
    """A value that drowns the others, in another group."""
    n = 12
    out = {"g": [float(i % 2) for i in range(n)],
           "y": [float(1 + i % 3) for i in range(n)],
           "t": [v + 2.0 for v in noise(rng, n)], "u": noise(rng, n)}
    out["y"][1] = rng.choice([1e15, 1e17, 1e20])
    out["t"][3] = -rng.choice([1e12, 1e16, 1e19])
    return Case(out, ["y", "t"], ["g", "u"])


def few_rows(rng):
    n = rng.choice([3, 4, 5, 6])
    names = "yxzcd"
    out = {c: [10.0 + v for v in noise(rng, n)] for c in names}
    return Case(out, ["y"], ["x", "z"], ["c", "d"][:rng.randrange(n - 2)]
                if n > 3 else [])


def near(rng):
    """x that covariates nearly explain, y that they nearly explain."""
    n = rng.choice([25, 80])
    c, d = noise(rng, n), noise(rng, n)
    out = {"c": c, "d": [5.0 + v for v in d], "x": noise(rng, n),
           "y": noise(rng, n)}
    for i, e in enumerate((1e-2, 1e-4, 1e-6, 1e-8)):
        out[f"x{i}"] = [2.0 * u - v + e * r
                        for u, v, r in zip(c, d, noise(rng, n))]
        out[f"y{i}"] = [u + 3.0 * v + e * r
                        for u, v, r in zip(c, d, noise(rng, n))]
    return Case(out, ["y", "y0", "y1", "y2", "y3"],
                ["x", "x0", "x1", "x2", "x3"], ["c", "d"])


def long(rng):
    n = rng.choice([3000, 6000])
    trend = [i / n for i in range(n)]
    out = {"y": [t * t + 0.1 * v for t, v in zip(trend, noise(rng, n))],
           "x": [t + 0.05 * v for t, v in zip(trend, noise(rng, n))],
           "z": [(t - 0.5) ** 2 + 0.01 * v
                 for t, v in zip(trend, noise(rng, n))],
           "s": [t * t + 2e-2 * v for t, v in zip(trend, noise(rng, n))],
           "d": [float(rng.randrange(3)) for _ in range(n)]}
    return Case(out, ["y", "s"], ["x", "z", "d"],
                rng.choice([[], ["d"]]) if rng.random() < 0.3 else [])


def last_bit(rng, n, value):
    """Values that differ in their last bit alone."""
    other = math.nextafter(value, math.inf)
    out = [rng.choice([value, other]) for _ in range(n)]
    out[0], out[1] = value, other
    return out


def statuses(rng):
    """What comes first is known of columns made for it."""
    n = rng.choice([12, 40])
    c = [rng.uniform(1.0, 9.0) for _ in range(n)]
    g = [float(rng.randrange(3)) for _ in range(n)]
    g[:3] = [0.0, 1.0, 2.0]
    level = {0.0: 0.1, 1.0: 0.7, 2.0: 1.3}
    plain_x = noise(rng, n)
    out = {"c": c, "g": [f"g{v:.0f}" for v in g], "x": plain_x,
           "x_flat": [0.1] * n, "x_bit": last_bit(rng, n, 0.3),
           "x_in_c": [0.3 * v + 0.7 for v in c],
           "x_in_g": [level[v] for v in g],
           "y": noise(rng, n), "y_flat": [7.7] * n,
           "y_bit": last_bit(rng, n, 1.1),
           "y_in_c": [v / 3.0 - 0.1 for v in c],
           "y_in_g": [1.0 + level[v] for v in g],
           "y_in_both": [v / 7.0 + level[w] for v, w in zip(c, g)]}
    out["y_perfect"] = [0.5 * u + v / 9.0 + level[w]
                        for u, v, w in zip(plain_x, c, g)]
    known = {}
    for y in [k for k in out if k[0] == "y"]:
        for x in [k for k in out if k[0] == "x"]:
            if y in ("y_flat", "y_bit"):
                known[y, x] = "constant_y"
            elif x in ("x_flat", "x_bit"):
                known[y, x] = "constant_x"
            elif x != "x":
                known[y, x] = "collinear"
            elif y.startswith("y_in"):
                known[y, x] = "y_explained"
            elif y == "y_perfect":
                known[y, x] = "perfect_fit"
    case = Case(out, [k for k in out if k[0] == "y"],
                [k for k in out if k[0] == "x"], ["c"], ["g"], known=known)
    if rng.random() < 0.4:  # gaps that leave the statuses as they are
        for name in case.y + case.x:
            if name not in ("y_bit", "x_bit"):
                out[name] = out[name][:3] + with_gaps(rng, out[name][3:], 0.1)
    return case


def subsets(rng):
    """Statuses of the pair's own rows, not those of a column's."""
    n = 24
    half = n // 2
    out = {"c": noise(rng, n),
           "y_late": [5.0 if i < half else v
                      for i, v in enumerate(noise(rng, n))],
           "y": noise(rng, n),
           "x_early": [v if i < half else None
                       for i, v in enumerate(noise(rng, n))],
           "flat_early": [3.0 if i < half else None for i in range(n)],
           "x_late": [2.0 if i < half else v
                      for i, v in enumerate(noise(rng, n))]}
    out["in_c"] = [0.5 * v if i >= half else 0.25
                   for i, v in enumerate(out["c"])]
    out["c_early"] = [0.3 * v + 1.0 if i < half else 9.0
                      for i, v in enumerate(out["c"])]
    out["y_early"] = [v if i < half else None
                      for i, v in enumerate(noise(rng, n))]
    known = {("y_late", "x_early"): "constant_y",
             ("y_late", "flat_early"): "constant_y",
             ("y", "flat_early"): "constant_x",
             ("y_early", "flat_early"): "constant_x",
             ("y_early", "x_late"): "constant_x",
             ("y_early", "in_c"): "constant_x",
             ("y_early", "c_early"): "collinear",
             ("c_early", "x_early"): "y_explained",
             ("in_c", "x_early"): "constant_y",
             ("c_early", "flat_early"): "constant_x"}
    return Case(out, ["y_late", "y", "y_early", "c_early", "in_c"],
                ["x_early", "flat_early", "x_late", "in_c", "c_early"], ["c"],
                known=known)


def clock(rng):
    """Noise beside a microsecond clock and its square, and weights: whether
    the square is kept or dropped, noise is noise."""
    n = rng.choice([20, 60])
    t = [1.7e15 + float(rng.randrange(10 ** rng.choice([6, 9])))
         for _ in range(n)]
    out = {"t": t, "t2": [v * v for v in t], "x": noise(rng, n),
           "y": noise(rng, n), "z": [1e6 + v for v in noise(rng, n)],
           "w": decades(rng, n, 3)}
    known = {(y, x): "ok" for y in "yz" for x in "xz"}
    return Case(out, ["y", "z"], ["x", "z"], ["t", "t2"],
                weights=rng.choice([None, "w"]), known=known)


def near_rounding(rng):
    """Residuals of a few units in the last place: the right p, or perfect."""
    n = rng.choice([12, 50])
    x = [rng.uniform(1.0, 2.0) for _ in range(n)]
    out = {"x": x, "u": noise(rng, n), "w": decades(rng, n, 2)}
    for i, e in enumerate((1e-9, 1e-11, 1e-13, 1e-14, 1e-15, 3e-16)):
        out[f"y{i}"] = [1.0 + 3.0 * v + e * r
                        for v, r in zip(x, noise(rng, n))]
    y = [c for c in out if c[0] == "y"]
    return Case(out, y, ["x", "u"], weights=rng.choice([None, "w"]),
                maybe={(c, "x"): "perfect_fit" for c in y[2:]})


def panel(rng):
    """Effects of many units, of units and times, some cells not there."""
    units, times = rng.choice([(3, 4), (12, 5), (48, 7)])
    cells = [(u, t) for u in range(units) for t in range(times)
             if u == 0 or t == 0 or rng.random() < 0.9]
    n = len(cells)
    out = {"unit": [f"u{u:02d}" for u, _ in cells],
           "time": [f"t{t}" for _, t in cells], "w": decades(rng, n, 1),
           "y": [float(u) + v for (u, _), v in zip(cells, noise(rng, n))],
           "x": [float(t) + v for (_, t), v in zip(cells, noise(rng, n))],
           "c": [100.0 + v for v in noise(rng, n)]}
    return Case(out, ["y"], ["x"], rng.choice([[], ["c"]]),
                rng.choice([["unit"], ["unit", "time"], ["time", "unit"]]),
                rng.choice([None, "w"]))


def heavy(rng):
    """Weights that leave hardly more rows than coefficients, and outliers."""
    n = rng.choice([8, 15])
    out = {"y": [5.0 + v for v in noise(rng, n)],
           "x": [2.0 + v for v in noise(rng, n)], "c": noise(rng, n),
           "w": [10.0 ** -rng.choice([0, 3, 6, 9, 12]) for _ in range(n)],
           "o": noise(rng, n)}
    out["o"][2] = 1e9
    out["z"] = [v + 1e3 * (i == 4) for i, v in enumerate(noise(rng, n))]
    return Case(out, ["y", "o"], ["x", "z"], rng.choice([[], ["c"]]),
                weights="w", intercept=rng.random() < 0.8)


def small_whole(rng):
    """Small whole numbers with covariates and gaps: what is 0 is 0."""
    n = rng.choice([8, 12, 20])
    out = {c: [float(rng.randrange(rng.choice([2, 3, 6]))) for _ in range(n)]
           for c in "yvxzc"}
    out["x"][0], out["x"][1] = 0.0, 1.0
    out["g"] = [rng.choice("ab") for _ in range(n)]
    out["v"] = with_gaps(rng, out["v"], 0.1)
    out["w"] = [float(rng.randrange(1, 4)) for _ in range(n)]
    return Case(out, ["y", "v"], ["x", "z"], rng.choice([[], ["c"]]),
                rng.choice([[], ["g"]]), rng.choice([None, "w"]))


KINDS = [(plain, 2), (steep, 3), (weighted, 8), (weighted_covariates, 8),
         (powers, 3), (groups, 3), (gaps, 3), (integers, 3), (huge, 3),
         (few_rows, 6), (near, 2), (long, 1), (statuses, 3), (subsets, 1),
         (clock, 3), (near_rounding, 3), (heavy, 6), (panel, 4),
         (small_whole, 8)]


# ---- running ----------------------------------------------------------------

def sweep(program, path, case, extra):
    return sweeps.rows(program, path, *case.options(), *extra, "--columns",
                       COLUMNS)


def check_engine(tally, where, program, path, case, fits, engine):
    rows = sweep(program, path, case, ["--engine", engine])
    tally.that(len(rows) == len(fits), f"{where}: {len(rows)} rows")
    for row in rows:
        pair = row["y"], row["x"]
        at = f"{where} {engine} {pair[0]} ~ {pair[1]}"
        if pair in case.known:
            tally.that(row["status"] == case.known[pair],
                       f"{at}: {row['status']}, not {case.known[pair]}")
        elif row["status"] == case.maybe.get(pair):
            tally.that(row["p"] == "", f"{at}: p {row['p']}")
        elif fits[pair] is None or fits[pair].status != "ok":
            want = fits[pair].status if fits[pair] else "n_too_small"
            tally.that(row["status"] == want,
                       f"{at}: {row['status']}, not {want}")
        else:
            compare(tally, at, row, fits[pair])
    # pairs that screening keeps have the same bytes
    kept = sweep(program, path, case, ["--engine", engine, "--p-max", "0.01"])
    want = [r for r in rows if r["status"] == "perfect_fit"
            or (r["p"] != "" and float(r["p"]) <= 0.01)]
    tally.that(kept == want, f"{where} {engine}: --p-max keeps others")


def check_case(tally, where, program, path, case):
    fits = {(y, x): case.fit(y, x)
            for y in case.y for x in case.x
            if x != y and not {x, y} & set(case.covariates + case.factors)}
    for engine in ("auto", "exact"):
        try:
            check_engine(tally, where, program, path, case, fits, engine)
        except RuntimeError as error:  # a run failed
            tally.that(False, where, error)


def main():
    program = sys.argv[1]
    rounds = int(os.environ.get("REGSWEEP_ROUNDS", "1"))
    total = Tally()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.csv")
        for kind, times in KINDS:
            tally = Tally()
            for i in range(times * rounds):
                case = kind(random.Random(f"{kind.__name__} {i}"))
                write(path, case.columns)
                check_case(tally, f"{kind.__name__} {i}", program, path, case)
            worst = max(tally.worst.items(), key=lambda w: w[1],
                        default=("none", Decimal(0)))
            print(f"{kind.__name__}: {tally.passed} passed, {tally.failed} "
                  f"failed; largest part of what is allowed {worst[1]:.2g} "
                  f"({worst[0]})")
            total.add(tally)
    return total.end()


if __name__ == "__main__":
    sys.exit(main())
