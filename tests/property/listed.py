#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of listed pairs is the rows of a run of all that the list names.

usage: listed.py REGSWEEP

On made-up tables and lists (windows along x, pairs anywhere, all of some), by
both engines, kept or not, with missing cells, covariates, weights, groups,
sets, categories, ranks and robust errors:
- each row of the list has the very bytes that it has among all pairs, and no
  other is there;
- rows come in the same order whatever the number of workers;
- a list of all pairs has the numbers of all pairs, with what concerns all tests;
- families of y, or x, of a list are those of the runs of one y, or x.
Prints `N passed, N failed, N skipped`.
"""

import csv
import io
import os
import random
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import with_gaps, write

N_Y, N_X = 19, 130
YS = [f"g{i}" for i in range(N_Y)]
XS = [f"s{i}" for i in range(N_X)]

OPTIONS = [
    [], ["-c", "age,site"], ["--engine", "exact"], ["-g", "site"],
    ["--p-max", "0.05"], ["--p-max", "0.009"], ["--top", "9"],
    ["--top-per-y", "2"], ["--se", "hc3"], ["--se", "hc1", "-c", "site"],
    ["--se", "cluster", "--cluster", "site", "--p-max", "0.009"],
    ["--se", "cluster", "--cluster", "site,ward"],
    ["--model", "spearman"], ["--model", "kendall"], ["--poly", "2"],
    ["--interact", "age"], ["--weights", "w"], ["--weights-for", "s1*=w"],
    ["--rows", "terms", "-c", "age"], ["--factor", "s1,s2,s50", "-c", "site"],
    ["--model-set", "a:age", "--model-set", "b:s3,g4"],
    ["-g", "site", "--pool-groups", "random"], ["--missing", "mean"],
]
# no pair beside those listed may tell: of these the list has all
OF_ALL = [
    ["--adjust", "bonferroni,holm,hochberg,bh,by,storey"],
    ["--adjust", "bh,storey", "--family", "y"],
    ["--adjust", "bh,holm", "--family", "x"],
    ["--adjust", "bh", "--q-max", "0.8"],
    ["--adjust", "bh", "-g", "site", "--family", "group,x"],
    ["--bootstrap", "20", "--p-max", "0.01", "--seed", "4"],
    ["--permute", "20", "--seed", "3", "--missing", "mean"],
    ["--permute", "20", "--family", "x", "--missing", "mean", "--poly", "2"],
]
ONE_BY_ONE = [["--adjust", "bh,holm"],
              ["--permute", "12", "--seed", "5"]]


def table(rng, missing):
    n = 60
    base = sweeps.noise(rng, n)
    out = {y: [0.4 * b + rng.gauss(0, 1) for b in base] for y in YS}
    out.update({x: [float(rng.choice((0, 0, 1, 2))) for _ in base]
                for x in XS})
    if missing:
        for name in rng.sample(XS, N_X // 3) + rng.sample(YS, N_Y // 2):
            out[name] = with_gaps(rng, out[name], 0.05)
    out["age"] = sweeps.noise(rng, n)
    out["w"] = [0.5 + rng.random() for _ in base]
    out["site"] = rng.choices(["A", "B", "C"], k=n)
    out["ward"] = rng.choices(["u", "v", "w", "z"], k=n)
    return out


def lists(rng):
    """Pairs of names, in the order of the file."""
    windows = []
    for i, y in enumerate(YS):
        middle = i * N_X // N_Y
        windows += [(y, x) for x in XS[max(0, middle - 12):middle + 12]
                    if rng.random() < 0.7 and x not in ("s1", "s2", "s50")]
    windows += [(YS[-1], f"s{k}") for k in (1, 2, 50)]
    anywhere = [(rng.choice(YS), rng.choice(XS)) for _ in range(60)]
    anywhere = sorted({*anywhere, *((YS[0], f"s{k}") for k in (1, 2, 50))})
    rng.shuffle(anywhere)
    dense = [(y, x) for y in YS[3:12] for x in rng.sample(XS, 90)]
    dense += [(YS[0], f"s{k}") for k in (1, 2, 50)]
    return [windows, anywhere, dense]


def put(path, pairs):
    with open(path, "w", encoding="utf-8") as file:
        file.write("y,x\n" + "".join(f"{y},{x}\n" for y, x in pairs))


def lines_of(text):
    """The header, and rows as tuples."""
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]
    return rows[0], rows[1:]


def run(program, path, *options):
    return lines_of(sweeps.run(program, "-q", path, *options)[0])


def of_list(header, rows, pairs):
    y, x = header.index("y"), header.index("x")
    return sorted(row for row in rows if (row[y], row[x]) in pairs)


def check_rows(program, path, listed, pairs, options):
    columns = ["-y", ",".join(YS), "-x", ",".join(XS)]
    header, rows = run(program, path, "--pairs", listed, "-j", "1", *options)
    if any(o.startswith("--top") for o in options):
        k = int(options[1])
        most = k if options[0] == "--top" else sum(
            min(k, sum(p[0] == y for p in pairs)) for y in YS)
        every, all_rows = run(program, path, *columns)
        p = every.index("p")
        best = sorted(of_list(every, all_rows, pairs),
                      key=lambda row: float(row[p] or 2))
        return header == every and len(rows) == most and (
            options[0] != "--top" or [row[p] for row in rows] ==
            [row[p] for row in best[:most]])
    every, all_rows = run(program, path, *columns, *options)
    again = run(program, path, "--pairs", listed, "-j", "3", *options)
    return (header == every and again == (header, rows)
            and sorted(rows) == of_list(every, all_rows, pairs))


def check_all(program, path, folder, options):
    listed = os.path.join(folder, "all.csv")
    put(listed, [(y, x) for y in YS for x in XS])
    got = run(program, path, "--pairs", "@" + listed, *options)
    want = run(program, path, "-y", ",".join(YS), "-x", ",".join(XS), *options)
    return got[0] == want[0] and sorted(got[1]) == sorted(want[1])


def check_one_by_one(program, path, listed, pairs, side, options):
    """side: y or x, by whose columns families are."""
    of, other = ("-y", "-x") if side == "y" else ("-x", "-y")
    partners = {}
    for y, x in pairs:
        key, partner = (y, x) if side == "y" else (x, y)
        partners.setdefault(key, []).append(partner)
    want = []
    for key, names in partners.items():
        want += run(program, path, of, key, other, ",".join(names), "--family",
                    side, *options)[1]
    got = run(program, path, "--pairs", listed, "--family", side, *options)[1]
    return sorted(got) == sorted(want)


def checks(program, folder):
    """Yields (what, whether it is so)."""
    for seed in (1, 2):
        rng = random.Random(seed)
        path = os.path.join(folder, f"d{seed}.csv")
        write(path, table(rng, seed == 2))
        for k, pairs in enumerate(lists(rng)):
            name = os.path.join(folder, "pairs.csv")
            put(name, pairs)
            for options in OPTIONS:
                yield (f"table {seed}, list {k} {' '.join(options)}",
                       check_rows(program, path, "@" + name, set(pairs),
                                  options))
            for options in ONE_BY_ONE if k < 2 and seed == 1 else []:
                for side in "yx":
                    yield (f"table {seed}, list {k}, families of {side} "
                           f"{' '.join(options)}",
                           check_one_by_one(program, path, "@" + name, pairs,
                                            side, options))
        for options in OF_ALL:
            yield (f"table {seed}, all {' '.join(options)}",
                   check_all(program, path, folder, options))


def main():
    program = os.path.abspath(sys.argv[1])
    counts = {True: 0, False: 0}
    with tempfile.TemporaryDirectory() as folder:
        for what, fine in checks(program, folder):
            counts[fine] += 1
            if not fine:
                print(f"FAIL: {what}")
    print(f"{counts[True]} passed, {counts[False]} failed, 0 skipped")
    return 1 if counts[False] else 0


if __name__ == "__main__":
    sys.exit(main())
