#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables that lie in several files give what the joined table gives.

usage: joins.py REGSWEEP

A table is cut into two to four files, rows in another order, some in one file
only, each with its own delimiter, maybe with a variable a line and other
fields before the samples. Keys have a name a file, or one that all have; they
are compared as texts, as numbers in random spellings, or as PLINK's samples.
What a dictionary of the rows by key says is the joined table: swept alone, it
must give the same bytes, and the notes its counts. Keys that cannot be told,
stand twice or match nothing are refused. Prints at the end `N passed,
N failed, N skipped`.
"""

import csv
import io
import os
import random
import re
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

PROGRAM = os.path.abspath(sys.argv[1])
ROUNDS = 120


def spelling(rng, number):
    """A whole number above 0, as some program might write it."""
    return rng.choice([f"{number}", f"{number:05d}", f"+{number}",
                       f"{number}.0", f"{number}.", f"{number}e0",
                       f"0.{number}e{len(str(number))}",
                       f"{number * 10}E-1", f"{number}.000"])


def key_of(rng, rule, i, samples):
    """How row i is called in a file."""
    if rule == "number":
        return spelling(rng, 2**53 + i) if i % 5 == 0 else spelling(rng, i + 1)
    if rule == "iid" and samples:
        return rng.choice([f"0_s_{i}", f"s_{i}_s_{i}", f"f{i}_s_{i}"])
    return f"s_{i}" if rule == "iid" else rng.choice(["k", "ké", "k k"])[:1] + \
        (f"0{i}" if i % 3 else f"{i}")


class File:
    """Some columns of the rows, in any order and manner."""

    def __init__(self, rng, number, columns, rows, rule, may_lie):
        self.path = f"f{number}"
        self.columns = columns
        self.lies = may_lie and rng.random() < 0.5
        self.rows = [i for i in rows if rng.random() < 0.9]
        rng.shuffle(self.rows)
        self.keys = [key_of(rng, rule, i, self.lies) for i in self.rows]
        self.key = rng.choice(["id", "IID", "a=b", f"key {number}"])
        self.leading = rng.randrange(4) if self.lies else 0
        self.place = rng.randrange(self.leading + 1)

    def lines(self, rng, table):
        if not self.lies:
            names = list(self.columns)
            names.insert(rng.randrange(len(names) + 1), self.key)
            return [names] + [
                [key if name == self.key else table[name][i] for name in names]
                for i, key in zip(self.rows, self.keys)]

        def fields(name):
            more = [f"more{j}" for j in range(self.leading)]
            return more[:self.place] + [name] + more[self.place:]
        return [fields("name") + self.keys] + [
            fields(name) + [table[name][i] for i in self.rows]
            for name in self.columns]

    def write(self, rng, table):
        with open(self.path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=rng.choice(",;\t|"),
                       lineterminator="\n").writerows(self.lines(rng, table))


def cut(rng, rule):
    """A table and files that it lies in."""
    n = rng.randrange(12, 40)
    names = ["y"] + [f"x{j}" for j in range(rng.randrange(2, 7))]
    table = {name: [repr(round(v, 3)) if rng.random() > 0.05 else ""
                    for v in sweeps.noise(rng, n, 10.0)] for name in names}
    table["g"] = [rng.choice(["red", "blue"]) for _ in range(n)]
    of = list(table)
    rng.shuffle(of)
    n_files = rng.randrange(2, min(4, len(of)) + 1)
    parts = [of[f::n_files] for f in range(n_files)]
    files = [File(rng, f, part, range(n), rule, True)
             for f, part in enumerate(parts)]
    if rule == "iid" and not any(f.lies for f in files):
        files[0] = File(rng, 0, parts[0], range(n), rule, True)
        while not files[0].lies:
            files[0] = File(rng, 0, parts[0], range(n), rule, True)
    return table, files


def joined(table, files):
    """The rows of the first file that all have, as a table."""
    rows = [i for i in files[0].rows if all(i in f.rows for f in files)]
    text = io.StringIO()
    names = [name for f in files for name in f.columns]
    csv.writer(text, lineterminator="\n").writerows(
        [names] + [[table[name][i] for name in names] for i in rows])
    return text.getvalue(), len(rows)


def options_for(rng, files, rule):
    """The words that say how the files are joined and read."""
    keyed = [f for f in files if not f.lies]
    same = len({f.key for f in keyed}) == 1
    words = ["--key-as", rule] if rule != "text" or rng.random() < 0.2 else []
    if keyed and same and len(keyed) > 1 and rng.random() < 0.5:
        pass  # it is found
    elif keyed and same:
        words += ["--key", keyed[0].key]
    elif keyed:
        words += ["--key", "=".join(f.key for f in keyed)]
    if keyed or rng.random() < 0.5:
        for f in files:
            if f.lies:
                words += ["--transposed", f.path]
    else:
        words += ["--transpose"]
    return words


def even_out(files):
    """All files with a variable a line have one layout: options are of all."""
    lying = [f for f in files if f.lies]
    for f in lying[1:]:
        f.leading, f.place = lying[0].leading, lying[0].place
    if lying and lying[0].leading > 0:
        return ["--name-column", "name", "--leading", str(lying[0].leading + 1)]
    return []


def check(checks, rng, number):
    rule = rng.choice(["text", "number", "iid"])
    table, files = cut(rng, rule)
    for f in files:  # what = in a name would be taken for is another matter
        if len({g.key for g in files if not g.lies}) > 1 and "=" in f.key:
            f.key = "id"
    words = even_out(files) + options_for(rng, files, rule)
    for f in files:
        f.write(rng, table)
    text, n = joined(table, files)
    sweep = ["-y", "y", "-x", "x*", "-c", "g", "--columns", "+n"]
    want, _ = sweeps.run(PROGRAM, "-q", *sweep, "-", text=text)
    got, said = sweeps.run(PROGRAM, *sweep, *words, *(f.path for f in files))
    checks.that(got == want, number, rule, words)
    counts = [int(m.replace(",", "")) for m in re.findall(
        r"joined by .*: ([\d,]+) (?:row|sample)s?$", said, re.M)]
    checks.that(counts == [n], number, "joined", counts, n)
    for f in files:
        lone = re.search(rf"read: [\d,]+ \w+ of {f.path}"
                         r"(?:, (\d+) without a partner)?$", said, re.M)
        checks.that(lone and int(lone[1] or 0) == len(f.rows) - n, number,
                    f.path, said)


def refused(checks, rng, number):
    """A key twice by its rule, and keys that match by another rule only."""
    keys = rng.sample(range(1, 50), 12)
    with open("a", "w", encoding="utf-8") as file:
        file.writelines(["id,y\n"] + [f"{k},{i % 5}\n" for i, k in enumerate(keys)])
    rng.shuffle(keys)
    with open("b", "w", encoding="utf-8") as file:
        file.writelines(["id,x\n"] + [f"{k:03d},{i % 7}\n" for i, k in enumerate(keys)])
    sweep = ["-y", "y", "-x", "x", "a", "b"]
    _, said = sweeps.run(PROGRAM, *sweep, expect=3)
    checks.that("as numbers, 12 are the same: --key-as number" in said, number, said)
    sweeps.run(PROGRAM, *sweep, "--key-as", "number")
    twin = rng.choice(keys)
    with open("b", "a", encoding="utf-8") as file:
        file.write(f"{twin}.0,1\n")
    _, said = sweeps.run(PROGRAM, *sweep, "--key-as", "number", expect=3)
    checks.that(re.search(rf"b:14:1: .*the key '{twin}.0' stands on line "
                          rf"{keys.index(twin) + 2} already", said), number, said)


def main():
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number in range(ROUNDS):
            check(checks, random.Random(number), number)
        for number in range(10):
            refused(checks, random.Random(number), number)
        os.chdir("/")
    return checks.end()


sys.exit(main())
