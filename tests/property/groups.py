#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of parts is the runs of the parts, one after another.

usage: groups.py REGSWEEP

The rows of each group are written to a table of their own, whose result must
be, byte by byte and in the same order, what stands behind the group's columns
in the result of `--group`: by both engines, screened, with missing cells,
weights, categories, filled means, terms and robust errors, in every format.
Likewise every set of `--model-set` is the run with its covariates, and what
has weights of its own is a run with these.
Prints `N passed, N failed, N skipped`.
"""

import itertools
import json
import os
import random
import sqlite3
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import run, with_gaps, write

SITES = ["10", "9", "2.50"]       # numbers: in the order of their values
ARMS = ["b", "B", "a, \"quoted\""]  # texts: in the order of their bytes


def table(rng, n):
    base = sweeps.noise(rng, n)
    out = {"site": with_gaps(rng, rng.choices(SITES, [5, 3, 1], k=n), 0.03),
           "arm": with_gaps(rng, rng.choices(ARMS, [6, 3, 1], k=n), 0.03)}
    for i in range(6):
        out[f"y{i}"] = [round(0.3 * b + rng.gauss(0, 1), 3) for b in base]
        out[f"x{i}"] = [round(0.2 * b + rng.gauss(5, 2), 4) for b in base]
    for name in ("y1", "y4", "x1", "x2"):
        out[name] = with_gaps(rng, out[name], 0.1)
    out["x5"] = [7 if s == "9" else v for s, v in zip(out["site"], out["x5"])]
    out["c"] = with_gaps(rng, [round(b + rng.gauss(0, 1), 3) for b in base],
                         0.05)
    out["kind"] = with_gaps(rng, rng.choices("uvw", k=n), 0.05)
    out["v"] = [rng.choice([1.0, 3.0]) for _ in range(n)]
    out["w"] = [rng.choice([0.5, 1.0, 2.25, 0.0]) for _ in range(n)]
    return out


def order_of(level):
    try:
        return (0, float(level), b"")
    except ValueError:
        return (1, 0.0, level.encode())


def groups_of(columns, by):
    """The combinations of levels that occur, in order, with their rows."""
    found = {}
    for i, levels in enumerate(zip(*(columns[b] for b in by))):
        if None not in levels:
            found.setdefault(levels, []).append(i)
    return {k: found[k]
            for k in sorted(found, key=lambda g: [order_of(v) for v in g])}


def separate(program, folder, columns, by, options):
    """What the runs of the groups write: a list of lines for each."""
    path = os.path.join(folder, "one.csv")
    out = {}
    for levels, at in groups_of(columns, by).items():
        write(path, {k: [v[i] for i in at] for k, v in columns.items()
                     if k not in by})
        text = run(program, "-q", path, *options)[0]
        out[levels] = text.splitlines(keepends=True)
    return out


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


def as_csv(parts, by):
    """One result out of those of the groups."""
    header = next(iter(parts.values()))[0]
    lines = [",".join(by) + "," + header]
    for levels, text in parts.items():
        lead = ",".join(map(quoted, levels))
        lines += [lead + "," + line for line in text[1:]]
    return "".join(lines)


LISTS = ["-y", "y*", "-x", "x*"]
OPTIONS = [
    [], ["-c", "c"], ["-c", "c,kind"], ["-w", "w", "-c", "c"],
    ["--p-max", "0.2"], ["--p-max", "0.2", "-c", "c", "-w", "w"],
    ["--missing", "mean"], ["--missing", "mean", "-w", "w"],
    ["--missing", "listwise"], ["--min-n", "40"], ["--se", "hc3"],
    ["--se", "hc3", "--p-max", "0.1", "-c", "c"], ["--rows", "terms", "-c", "c"],
    ["--no-intercept"], ["--columns", "all"],
    ["--transform", "zscore(x*)", "--transform", "lag:1(c)", "-c", "c"],
    ["--transform", "rank-normal(y*)", "-m", "spearman"],
    ["--se", "hac", "--lag", "2"], ["--se", "cluster", "--cluster", "kind"],
]


def csv_runs(checks, program, folder, columns, path):
    for by, options in itertools.product((["site"], ["arm", "site"]), OPTIONS):
        for engine in ("auto", "exact"):
            both = [*LISTS, *options, "--engine", engine]
            want = as_csv(separate(program, folder, columns, by, both), by)
            for workers in ("1", "3"):
                got = run(program, "-q", path, *both, "-g", ",".join(by),
                          "--jobs", workers)[0]
                checks.that(got == want, "csv", by, engine, workers, *options)
                if got != want:
                    pairs = zip(got.splitlines(), want.splitlines())
                    print(next((p for p in pairs if p[0] != p[1]), "length"))
    unique = ["-y", "y*,x*", "--pairs", "unique"]
    want = as_csv(separate(program, folder, columns, ["site"], unique),
                  ["site"])
    checks.that(run(program, "-q", path, *unique, "-g", "site")[0] == want,
                "unique pairs")


def other_formats(checks, program, folder, columns, path):
    by = ["arm", "site"]
    parts = {k: [json.loads(line) for line in text] for k, text in separate(
        program, folder, columns, by,
        [*LISTS, "--format", "jsonl"]).items()}
    want = [{**dict(zip(by, k)), **row} for k, rows in parts.items()
            for row in rows]
    got = [json.loads(line) for line in run(
        program, "-q", path, *LISTS, "-g", "arm,site", "--format",
        "jsonl")[0].splitlines()]
    checks.that(got == want, "jsonl")
    checks.that([list(r) for r in got] == [list(r) for r in want],
                "jsonl: names in order")
    base = os.path.join(folder, "r.db")
    run(program, "-q", path, *LISTS, "-g", "arm,site", "-o", base, "--rows",
        "both")
    with sqlite3.connect(base) as db:
        for table in ("fits", "terms"):
            names = [r[1] for r in db.execute(f"pragma table_info({table})")]
            checks.that(names[1:3] == by, "sqlite:", table, names)
        found = db.execute("select arm, site, y, x, n, beta from fits "
                           "order by rowid").fetchall()
        counts = db.execute("select pairs, rows_written from runs").fetchall()
    checks.that(found == [(r["arm"], r["site"], r["y"], r["x"], r["n"],
                           r["beta"]) for r in want], "sqlite: rows")
    checks.that(counts[0][0] == len(want), "sqlite: pairs of the run")


SETS = {"base": "c", "full": "c,kind,x2", "none": ""}


def sets(checks, program, folder, columns, path):
    """Every set is the run with its covariates; by groups, in every group."""
    named = [o for name, of in SETS.items()
             for o in ("--model-set", f"{name}: {of}")]
    for options in ([], ["--missing", "mean"], ["-w", "w", "--p-max", "0.3"],
                    ["--rows", "terms"]):
        for engine in ("auto", "exact"):
            both = [*LISTS, *options, "--engine", engine]
            parts = {}
            for name, of in SETS.items():
                more = ["-c", of] if of else []
                for k, v in separate(program, folder, columns, ["site"],
                                     [*both, *more]).items():
                    parts[k + (name,)] = v
            order = list(groups_of(columns, ["site"]))
            parts = {k + (s,): parts[k + (s,)] for k in order for s in SETS}
            got = run(program, "-q", path, *both, *named, "-g", "site")[0]
            checks.that(got == as_csv(parts, ["site", "set"]), "sets", engine,
                        *options)


def compared(checks, program, folder, columns, path):
    """--compare: the differences of fits on the rows complete for all sets."""
    at = [i for i in range(len(columns["c"]))
          if None not in (columns["c"][i], columns["kind"][i],
                          columns["x2"][i])]
    other = os.path.join(folder, "complete.csv")
    write(other, {k: [v[i] for i in at] for k, v in columns.items()})
    fits = {}
    for name, of in SETS.items():
        for r in sweeps.rows(program, other, *LISTS, "--engine", "exact",
                             *(["-c", of] if of else [])):
            fits[name, r["y"], r["x"]] = r
    for engine in ("auto", "exact"):
        found = sweeps.rows(program, path, *LISTS, "--compare", "--engine",
                            engine, *[o for name, of in SETS.items()
                                      for o in ("--model-set",
                                                f"{name}:{of}")])
        good = len(found) == len(fits)
        for r in found:
            want = fits[r["set"], r["y"], r["x"]]
            good = good and r["n"] == want["n"]
            first = fits.get(("base", r["y"], r["x"]))
            for name, of in (("d_beta", "beta"), ("d_r2", "r2")):
                if r["set"] == "base" or first is None:
                    good = good and r[name] == ""
                else:
                    d = float(want[of]) - float(first[of])
                    good = good and abs(float(r[name]) - d) <= 1e-12
        checks.that(good, "compared", engine)


def weights_for(checks, program, path):
    """Columns with weights of their own: the pairs of runs with --weights."""
    for options in ([], ["-c", "c", "--p-max", "0.5"], ["--engine", "exact"]):
        want = []
        for x, w in (("x0,x2", "w"), ("x1", "v"), ("x3,x4,x5", None)):
            want += sweeps.rows(program, path, "-y", "y*", "-x", x, *options,
                                *(["-w", w] if w else []))
        got = sweeps.rows(program, path, "-y", "y*", "-x", "x*", *options,
                          "--weights-for", "x0,x2=w", "--weights-for",
                          "x1=v")
        checks.that(sorted(map(repr, got)) == sorted(map(repr, want)),
                    "weights for", *options)


def many_small(checks, program, folder, rng):
    """More groups than are prepared at once, of few rows."""
    n = 3000
    columns = {"g": [str(rng.randrange(700)) for _ in range(n)],
               **{f"y{i}": sweeps.noise(rng, n) for i in range(3)},
               **{f"x{i}": with_gaps(rng, sweeps.noise(rng, n), 0.2)
                  for i in range(3)}}
    path = os.path.join(folder, "small.csv")
    write(path, columns)
    want = as_csv(separate(program, folder, columns, ["g"], LISTS), ["g"])
    got = run(program, "-q", path, *LISTS, "-g", "g")[0]
    checks.that(got == want, "many small groups")


def main():
    program = sys.argv[1]
    seed = 20261128
    print("seed", seed)
    rng = random.Random(seed)
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "all.csv")
        columns = table(rng, 900)
        write(path, columns)
        csv_runs(checks, program, folder, columns, path)
        other_formats(checks, program, folder, columns, path)
        sets(checks, program, folder, columns, path)
        compared(checks, program, folder, columns, path)
        weights_for(checks, program, path)
        many_small(checks, program, folder, rng)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
