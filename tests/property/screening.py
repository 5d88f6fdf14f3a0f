#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Screening writes the rows that a choice among all rows would.

usage: screening.py REGSWEEP

Tables with constants, infinities, perfect fits and ties, complete or with
missing cells, small or of several tiles in both directions, are swept in
full and again with --p-max, --r2-min and the --top options, by both engines.
What is written must be the rows of the full output that the option's own
definition picks, to the last digit; the counts of the summary are made again
from the full output. Prints one line a table and at the end `N passed,
N failed, N skipped`.
"""

import bisect
import collections
import concurrent.futures
import math
import os
import random
import re
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, write

PROGRAM = sys.argv[1]
COLUMNS = "y,x,n,stat,p,neg_log10_p,r2,status"
Row = collections.namedtuple("Row", "text place ident nlp p r2 status")


# ---- tables ------------------------------------------------------------------


def related(rng, n, k):
    common = noise(rng, n)
    return {f"v{j}": [(j % 7) * 0.2 * c + e
                      for c, e in zip(common, noise(rng, n))]
            for j in range(k)}


def odd(rng, n, columns):
    """Columns of which some pairs are perfect, or none, or equally good."""
    columns["twice"] = [float(f"{2 * float(f'{v:.6g}'):.6g}")
                        for v in columns["v1"]]
    columns["again"] = list(columns["v2"])
    columns["minus"] = [-v for v in columns["v2"]]
    columns["nearly"] = [v + 1e-3 * e
                         for v, e in zip(columns["v3"], noise(rng, n))]
    columns["constant"] = [7.5] * n
    columns["infinite"] = ["inf" if i == 4 else v
                           for i, v in enumerate(noise(rng, n))]
    columns["half"] = [float(i % 2) for i in range(n)]
    columns["blocks"] = [float(i // 2 % 2) for i in range(n)]
    columns["in_a"] = [1.0 if i % 3 == 0 else 0.0 for i in range(n)]
    columns["ties"] = [float(rng.randrange(3)) for _ in range(n)]
    return columns


def scatter(rng, columns, part):
    for j, values in enumerate(columns.values()):
        if j % 5 != 4:
            for i in range(len(values)):
                if rng.random() < part:
                    values[i] = None
    return columns


def share(rng, columns, part, k):
    """Columns of which every k-th misses the same rows."""
    n = len(next(iter(columns.values())))
    missing = [[rng.random() < part for _ in range(n)] for _ in range(k)]
    for j, values in enumerate(columns.values()):
        for i in range(n):
            if missing[j % k][i]:
                values[i] = None
    return columns


def with_covariates(rng, columns):
    n = len(next(iter(columns.values())))
    columns["age"] = [50.0 + 10.0 * v for v in noise(rng, n)]
    columns["site"] = ["abc"[i % 3] for i in range(n)]
    columns["weight"] = [0.0 if i == 3 else rng.expovariate(1.0)
                         for i in range(n)]
    return columns


def tables(rng):
    small = odd(rng, 64, related(rng, 64, 20))
    yield "complete", small, SMALL
    holes = scatter(rng, {k: list(v) for k, v in small.items()}, 0.06)
    holes["no_a"] = [None if i % 3 == 0 else v
                     for i, v in enumerate(noise(rng, 64))]
    yield "missing", holes, SMALL
    yield ("mostly missing", scatter(rng, related(rng, 50, 60), 0.75),
           ["simple", "through 0", "weights"])
    yield ("shared patterns", share(rng, related(rng, 90, 70), 0.15, 12),
           ["simple", "unique", "weights"])
    # one degree of freedom: |r| = 1 but for rounding is no rarity
    yield "three rows", {f"v{j}": [float(rng.randrange(4)) for _ in range(3)]
                         for j in range(40)}, ["simple", "unique"]
    yield "long", related(rng, 1500, 12), [
        "simple", "covariates", "HC3, covariates", "clusters"]
    # more than one tile in both directions, in full and screened
    yield "wide", odd(rng, 10, related(rng, 10, 2100)), WIDE
    yield "wide, missing", scatter(rng, related(rng, 14, 2100), 0.03), WIDE


NOT_PAIRED = "*,!age,!site,!weight"
EVERY = ["-y", NOT_PAIRED, "-x", NOT_PAIRED]
MODELS = {
    "simple": [*EVERY],
    "through 0": [*EVERY, "--no-intercept"],
    "covariates": [*EVERY, "-c", "age,site"],
    "weights": [*EVERY, "-w", "weight"],
    "weights and covariates": [*EVERY, "-w", "weight", "-c", "age"],
    "min-n": [*EVERY, "--min-n", "38"],
    "HC3, covariates": [*EVERY, "--se", "hc3", "-c", "age"],
    "clusters": [*EVERY, "--se", "cluster", "--cluster", "site"],
    "unique": ["-y", NOT_PAIRED, "--pairs", "unique"],
    "tall and wide": ["-y", "v0:v18", "-x", NOT_PAIRED],
    "tall and wide, unique": ["-y", "v0:v419", "--pairs", "unique"],
}
WIDE = [name for name in MODELS if name.startswith("tall")]
SMALL = [name for name in MODELS if name not in WIDE]


# ---- running -----------------------------------------------------------------


def run(path, options):
    return sweeps.run(PROGRAM, "-v", "--columns", COLUMNS, path, *options)


def number(text):
    return float(text) if text else math.nan


def parse(text, names):
    rows = []
    for line in text.split("\n")[1:-1]:
        y, x, n, stat, p, nlp, r2, status = line.split(",")
        perfect = status == "perfect_fit"
        rows.append(Row(line, (names[y], names[x]), (n, stat.lstrip("-"), nlp),
                        math.inf if perfect else number(nlp),
                        0.0 if perfect else number(p),
                        1.0 if perfect else number(r2), status))
    return rows


# ---- what is expected --------------------------------------------------------


class Full:
    """The full output and what follows from it."""

    def __init__(self, rows):
        self.rows = rows
        self.at = {r.place: r for r in rows}
        self.outcomes = collections.Counter(r.status for r in rows)
        self.tested = [r for r in rows if not math.isnan(r.nlp)]
        self.p = sorted(r.p for r in self.tested)

    def holds(self, rows):
        """True when these are rows of it, none of them twice."""
        return (len({r.place for r in rows}) == len(rows) and
                all(r == self.at.get(r.place) for r in rows))


def in_order(rows):
    """Within a y the x come in the order of their list."""
    last = {}
    for row in rows:
        y, x = row.place
        if last.get(y, -1) >= x:
            return False
        last[y] = x
    return True


def picks(rows, full, wanted):
    """The rows of the full output that are wanted, in order."""
    return in_order(rows) and (sorted(r.place for r in rows) ==
                               sorted(r.place for r in full.rows if wanted(r)))


def best(rows, candidates, k):
    """The k best rows by p, the best first, earlier places before later."""
    if len(rows) != min(k, len(candidates)):
        return False
    # Equal text of p may hide a difference in the last bit: the order of the
    # list is asked for where the statistic is the same as well.
    for a, b in zip(rows, rows[1:]):
        if a.nlp < b.nlp or (a.ident == b.ident and a.place > b.place):
            return False
    given = {r.place for r in rows}
    return all(r.nlp < rows[-1].nlp or r.place in given or
               (r.nlp == rows[-1].nlp and
                (r.ident != rows[-1].ident or r.place > rows[-1].place))
               for r in candidates)


def best_of_each(rows, candidates, k, side):
    """The k best of each y (side 0) or x (side 1), in the list's order."""
    groups = collections.defaultdict(list)
    for row in candidates:
        groups[row.place[side]].append(row)
    at = 0
    for key in sorted(groups):
        n = min(k, len(groups[key]))
        if not best(rows[at:at + n], groups[key], k):
            return False
        at += n
    return at == len(rows)


def count(text):
    return int(text.replace(",", ""))


def summary_is_right(notes, full, rows):
    """Counts of the summary, against those of the full output."""
    outcomes = {name: count(n) for n, name in
                re.findall(r"([\d,]+) ([a-z_]+)(?:,|$)",
                           re.search(r"status: (.*)", notes)[1])}
    kept = re.search(r"kept: ([\d,]+) pair", notes)
    tests = re.search(r"tests: ([\d,]+) with a p", notes)
    edges = re.findall(r"tests: p <= (\S+) +([\d,]+)", notes)
    return (outcomes == full.outcomes and
            (count(kept[1]) if kept else len(full.rows)) == len(rows) and
            count(tests[1]) == len(full.p) and len(edges) == 19 and
            all(count(n) == bisect.bisect_right(full.p, float(edge))
                for edge, n in edges))


# ---- checks ------------------------------------------------------------------


def checks(full):
    """(options, what must hold of the rows)."""
    tested = full.tested
    finite = [p for p in full.p if 0.0 < p < 1.0]
    small = len(full.rows) < 10000
    given = [finite[len(finite) * k // 50]
             for k in ((1, 30, 35, 40, 45) if small else (1,))]
    r2 = sorted(r.r2 for r in tested if r.status == "ok")[-len(tested) // 40]
    for p in (0.05, 1e-4, *given):
        yield ["--p-max", repr(p)], lambda rows, p=p: picks(
            rows, full, lambda r: r.p <= p)
    for least in (0.25, r2):
        yield ["--r2-min", repr(least)], lambda rows, least=least: picks(
            rows, full, lambda r: r.r2 >= least)
    yield ["--p-max", "0.2", "--r2-min", "0.3"], lambda rows: picks(
        rows, full, lambda r: r.p <= 0.2 and r.r2 >= 0.3)
    for k in (1, 25, 1000000 if small else 10000):
        yield ["--top", str(k)], lambda rows, k=k: best(rows, tested, k)
    few = [r for r in tested if r.p <= 0.01]
    yield ["--top", "40", "--p-max", "0.01"], lambda rows: best(rows, few, 40)
    for side, option in enumerate(("--top-per-y", "--top-per-x")):
        for k in (1, 4):
            yield [option, str(k)], lambda rows, k=k, side=side: best_of_each(
                rows, tested, k, side)
        yield [option, "3", "--p-max", "0.01"], (
            lambda rows, side=side: best_of_each(rows, few, 3, side))


def sweep(path, names, lists, engine, counter, title):
    """All checks of one engine; gives the full output."""
    options = [*lists, "--engine", engine]
    text, notes = run(path, ["-j", "2", *options])
    full = Full(parse(text, names))
    counter.that(summary_is_right(notes, full, full.rows), title, engine,
                 "summary of the full output")
    for more, holds in checks(full) if not (
            engine == "exact" and "wide" in title) else ():
        text, notes = run(path, ["-j", "2", *options, *more])
        rows = parse(text, names)
        counter.that(full.holds(rows) and holds(rows), title, engine, *more)
        counter.that(summary_is_right(notes, full, rows), title, engine,
                     *more, "summary")
    for more in (["--p-max", "0.02"], ["--top", "100"], ["--top-per-y", "2"],
                 ["--top-per-x", "2"]) if engine == "auto" else ():
        same = {run(path, [*options, *more, "-j", j])[0]
                for j in ("1", "2", "5")}
        counter.that(len(same) == 1, title, engine, *more, "-j 1, 2, 5")
    return full


def verified(path, lists, more):
    _, notes = run(path, [*lists, *more, "--verify", "200"])
    found = re.search(r"largest relative difference (\S+)", notes)
    return found is not None and float(found[1]) < 1e-10


def check_model(title, path, names, lists, counter):
    auto = sweep(path, names, lists, "auto", counter, title)
    exact = sweep(path, names, lists, "exact", counter, title)
    counter.that({p: r.status for p, r in auto.at.items()} ==
                 {p: r.status for p, r in exact.at.items()},
                 title, "pairs and statuses of both engines")
    for more in ([], ["--p-max", "0.01"], ["--top", "5"]):
        counter.that(verified(path, lists, more), title, "--verify", *more)
    print(f"screening: {title}: {len(auto.rows)} pairs")


def check_table(kind, path, names, model):
    counter = sweeps.Checks()
    title = f"{kind}, {model}"
    try:
        check_model(title, path, names, MODELS[model], counter)
    except RuntimeError as error:  # a run failed
        counter.that(False, title, error)
    return counter


def main():
    rng = random.Random(20250301)
    waiting = []
    # Most of the time goes by waiting for hundreds of small runs.
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        for kind, columns, models in tables(rng):
            columns = with_covariates(rng, columns)
            path = os.path.join(folder, f"{kind}.csv")
            write(path, columns, digits=6)
            names = {name: i for i, name in enumerate(columns)}
            waiting += [threads.submit(check_table, kind, path, names, model)
                        for model in models]
        total = sweeps.Checks()
        for future in waiting:
            total.add(future.result())
    return total.end()


if __name__ == "__main__":
    sys.exit(main())
