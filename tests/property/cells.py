#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells as people write them are what they say.

usage: cells.py REGSWEEP

Columns of random cells, each made together with what it means by the rules of
--na, --numbers, --truth and --dates, are written as a table, as a transposed
one and as two files with a key. A run of these with the options must be, in
every byte, the run of a table that has the meanings alone: numbers as plain
numbers, missing cells as such, and texts where a column is no column of
numbers; with categories, too. Prints `N passed, N failed, N skipped`.
"""

import csv
import datetime
import os
import random
import sys
import tempfile
from decimal import Decimal

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import run

ALWAYS = ["", "NA", "N/A", "NaN", "null", "."]
AMONG = ["n/a", "NULL", "None", "<NA>", "#N/A", "#NA", "#DIV/0!", "#VALUE!"]
NAN = ["nan", "NAN", "-nan", "-NaN"]
TRUE = ["TRUE", "True", "true", "T", "t", "yes", "Yes", "Y", "on", "ON"]
FALSE = ["FALSE", "False", "false", "F", "f", "no", "NO", "n", "off"]
SPACES = [" ", "\u00a0", "\u202f", "'", "\u2019"]
MISSING = "no cell says this"
TEXTS = ["28.4?", "abc", "1,23,4", "0,123,", "--5", "1 2", "x y", "2024-13-01",
         "5 % %", "$", "()", "1/31/2024", "yess", "#REF!"]


class Cell:
    """A text, and the number that it is by each rule that makes it one, as
    plain text with a decimal point."""

    def __init__(self, text, plain=None, loose=None, truth=None, date=None):
        self.text = text
        self.plain = plain
        self.loose = loose
        self.truth = truth
        self.date = date


def plain_cell(rng, mark):
    number = rng.choice([
        str(rng.randint(-20, 20)), f"{rng.uniform(-50, 50):.2f}",
        f"+{rng.randint(0, 9)}", f"{rng.randint(1, 99)}e-1",
        rng.choice(["-9", "-9.0", "-9.00", "-9e0", "-09", "99", "99.0"])])
    return Cell(number.replace(".", mark), plain=number)


def loose_cell(rng, mark):
    """Digits and what is around them."""
    whole = rng.choice([rng.randint(0, 999), rng.randint(1000, 9999999)])
    part = rng.choice(["", "." + str(rng.randint(0, 99))])
    grouped = f"{whole:,}".replace(
        ",", rng.choice(SPACES + ["," if mark == "." else "."]))
    digits = grouped + part.replace(".", mark)
    number = str(whole) + part
    sign = rng.choice(["", "-", "\u2212"])
    coin = rng.choice(["$", "\u20ac", "\u00a3", "\u20b9"])
    blank = rng.choice(["", " ", "\u00a0"])
    way = rng.randrange(5)
    if way == 0:
        text = sign + digits
    elif way == 1:
        text = sign + digits + blank + "%"
        number = str(Decimal(number).scaleb(-2))
    elif way == 2:
        text = rng.choice([sign + coin + blank + digits,
                           coin + sign + digits, sign + digits + blank + coin])
    elif way == 3:
        text = "(" + rng.choice(["", coin]) + digits + ")"
        sign = "-"
    else:
        text = " " + sign + digits + rng.choice(["", " "])
    number = ("-" if sign else "") + number
    is_plain = text == number.replace(".", mark)
    return Cell(text, plain=number if is_plain else None, loose=number)


def date_cell(rng, mark):
    del mark
    day = datetime.date(1900, 1, 1) + datetime.timedelta(rng.randrange(60000))
    days = (day - datetime.date(1970, 1, 1)).days
    form = rng.choice(["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y",
                       "%d-%b-%Y", "%d%b%Y", "%b %d, %Y", "%Y%m%d"])
    text = day.strftime(form)
    if form == "%Y%m%d":
        return Cell(text, plain=text, date=str(days))
    if rng.random() < 0.3:
        seconds = rng.randrange(86400)
        text += " " + str(datetime.timedelta(0, seconds)).zfill(8)
        whole = days + seconds / 86400
        return Cell(text, date=repr(whole).removesuffix(".0"))
    return Cell(text, date=str(days))


def truth_cell(rng, mark):
    del mark
    if rng.random() < 0.5:
        return Cell(rng.choice(TRUE), truth="1")
    return Cell(rng.choice(FALSE), truth="0")


def missing_cell(rng, mark):
    del mark
    return Cell(rng.choice(ALWAYS + AMONG + NAN))


MAKERS = {"plain": plain_cell, "loose": loose_cell, "date": date_cell,
          "truth": truth_cell}


class Rule:
    """What --na says of a column, and the rest."""

    def __init__(self):
        self.always = list(ALWAYS)
        self.among = list(AMONG)
        self.truth = self.dates = False

    def take(self, texts, adds):
        if adds:
            self.always = self.always + texts
        else:
            self.always = list(texts)
            self.among = []


def meaning(column, rule, loose, mark):
    """The column's cells as plain texts, None where missing; and whether they
    are no numbers."""
    values = [float(t) for t in rule.always if is_number(t)]
    out = []
    for cell in column:
        number = cell.date if rule.dates else cell.plain
        if number is None and rule.truth:
            number = cell.truth
        if number is None and loose and not rule.dates:
            number = cell.loose
        if cell.text in rule.always:
            out.append(None)
        elif cell.text.lower() in ("nan", "-nan") or cell.text in rule.among:
            out.append(None)
        elif number is None:
            return [None if c.text in rule.always else c.text
                    for c in column], True
        else:
            out.append(None if float(number) in values
                       else number.replace(".", mark))
    return out, False


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return text.lower() not in ("nan", "-nan")


def write(path, columns, delimiter, transposed=False):
    rows = [[name, *cells] for name, cells in columns.items()]
    if transposed:
        n = len(rows[0]) - 1
        rows.insert(0, ["", *(f"s{i}" for i in range(n))])
    else:
        rows = zip(*rows)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n",
                   quoting=csv.QUOTE_MINIMAL).writerows(rows)


def random_columns(rng, n, mark):
    columns = {}
    for k in range(8):
        kind = rng.choice(list(MAKERS))
        plain = 0.02 if kind == "date" else 0.2
        column = [missing_cell(rng, mark) if rng.random() < 0.15
                  else MAKERS[kind](rng, mark) if rng.random() >= plain
                  else plain_cell(rng, mark) for _ in range(n)]
        if rng.random() < 0.2:
            column[rng.randrange(n)] = Cell(rng.choice(TEXTS))
        columns[f"{kind}_{k}"] = column
    return columns


def random_options(rng, rules):
    """Options, and the rules that they make of the default ones."""
    options = []
    lists = [["-9"], ["-9", "99"], ["NA", "", "-9"], ["x y", "#REF!"], [""]]
    values = []
    for _ in range(rng.randrange(4)):
        name = rng.choice([None, *rules])
        values.append((name, rng.choice(lists), rng.random() < 0.6))
    for name, texts, adds in values:
        options += ["--na", (f"{name}=" if name else "") +
                    ("+" if adds else "") + ",".join(texts)]
    for name, texts, adds in sorted(values, key=lambda v: v[0] is not None):
        for column in [name] if name else rules:
            rules[column].take(texts, adds)
    for what in ("truth", "dates"):
        chosen = [c for c in rules if c.startswith(what.removesuffix("s"))
                  and rng.random() < 0.7]
        for column in chosen:
            setattr(rules[column], what, True)
        if chosen:
            options += [f"--{what}", ",".join(chosen)]
    loose = rng.random() < 0.5
    if loose:
        options += ["--numbers", "loose"]
    return options, loose


def one_round(checks, program, rng, folder):
    n = rng.choice([12, 40])
    mark, delimiter = rng.choice([(".", ","), (",", ";")])
    columns = random_columns(rng, n, mark)
    rules = {name: Rule() for name in columns}
    options, loose = random_options(rng, rules)
    y = [f"{rng.gauss(0, 1):.3f}".replace(".", mark) for _ in range(n)]
    keys = [f"k{i}" for i in range(n)]
    path = os.path.join(folder, "{}.csv").format
    texts = {c: [cell.text for cell in cells] for c, cells in columns.items()}
    clean = {}
    factors = rng.sample(list(columns), 2)
    for name, column in columns.items():
        cells, is_text = meaning(column, rules[name], loose, mark)
        clean[name] = [MISSING if cell is None else cell for cell in cells]
        factors += [name] * is_text
    write(path("plain"), {"y": y, **texts}, delimiter)
    write(path("wide"), {"y": y, **texts}, delimiter, transposed=True)
    write(path("left"), {"id": keys, "y": y}, delimiter)
    write(path("right"), {"id": keys, **texts}, delimiter)
    write(path("clean"), {"y": y, **clean}, delimiter)
    common = ["-d", delimiter, "--decimal", mark, "-y", "y", "-q", "-x",
              ",".join(columns), "--rows", "terms", "--factor",
              ",".join(factors)]
    want = run(program, *common, "--na", MISSING, path("clean"))[0]
    for files in (["plain"], ["--transpose", "wide"],
                  ["--key", "id", "left", "right"]):
        args = [a if a.startswith("--") or a == "id" else path(a)
                for a in files]
        got = run(program, *common, *options, *args)[0]
        checks.that(got == want, " ".join(files), common, options)


def main():
    program = sys.argv[1]
    checks = sweeps.Checks()
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(60):
            one_round(checks, program, rng, folder)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
