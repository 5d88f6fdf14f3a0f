#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table is the same however it is laid out, and what is offered reads it.

usage: layout.py REGSWEEP

Random tables are written plainly, and with titles, comments, delimiters at the
ends of lines, runs of blanks and R's row names: as files, compressed, through a
pipe, with one variable a line. With the options of the layout they must give
the same sweep; a record that is short is told at its line. Asked for a column
without the options, what the message offers must give the same sweep too.
Prints one line a difference and at the end `N passed, N failed, N skipped`.
"""

import gzip
import os
import random
import shlex
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps

PROGRAM = sys.argv[1]
ASKED = ["-y", "c1", "-x", "c*", "--columns", "y,x,n,beta,status", "--digits", "10",
         "-o", "-"]


def table(rng, transposed):
    """A header and records, texts; the first field is a name."""
    n_rows, n_columns = rng.randrange(4, 40), rng.randrange(3, 8)
    names = [f"c{j}" for j in range(1, n_columns)]
    rows = [["id"] + [f"s{j}" for j in range(n_columns - 1)] if transposed
            else ["id"] + names]
    for r in range(n_rows):
        rows.append([f"c{r + 1}" if transposed else f"r{r}"] +
                    [rng.choice(["NA", "7", f"{rng.gauss(0, 9):.3f}"])
                     if r > 1 else f"{rng.gauss(0, 9):.3f}"
                     for _ in range(n_columns - 1)])
    return rows


class Layout:
    """A way to write a table, and the options that read it."""

    def __init__(self, rng):
        self.rng = rng
        self.mark = rng.choice(["", "", ",", ";", "\t", "^", "blanks"])
        self.trails = self.mark != "blanks" and rng.random() < 0.3
        self.header_trails = self.trails and rng.random() < 0.5
        self.r_names = rng.random() < 0.3
        self.comment = rng.choice(["", "", "#", "%"])
        self.titles = [] if self.comment else rng.choice(
            [[], ["A title"], ["A 5\" title", "of two lines", ""]])
        self.end = rng.choice(["\n", "\r\n"])

    def options(self):
        wanted = []
        if self.mark in ("^", "blanks"):
            wanted += ["-d", self.mark]
        if self.trails:
            wanted += ["--trailing-delimiter"]
        if self.r_names:
            wanted += ["--row-names", "id"]
        if self.comment:
            wanted += ["--comment", self.comment]
        if self.titles:
            wanted += ["--skip", str(len(self.titles))]
        return wanted

    def blanks(self, least):
        return "".join(self.rng.choice(" \t") for _ in
                       range(self.rng.randrange(least, least + 3)))

    def record(self, fields, trails):
        if self.mark == "blanks":
            text = self.blanks(0) + fields[0]
            for field in fields[1:]:
                text += self.blanks(1) + field
            return text + self.blanks(0)
        mark = self.mark or ","
        return mark.join(fields) + (mark if trails else "")

    def lines(self, rows):
        """The lines, and which of them is each record."""
        lines, places = list(self.titles), []
        if self.comment:
            lines.append(f'{self.comment} by "somebody')
        for r, fields in enumerate(rows):
            if self.comment and r > 1 and self.rng.random() < 0.1:
                lines.append(f"{self.comment} a note; a, b")
            if r > 1 and self.rng.random() < 0.1:
                lines.append("")
            places.append(len(lines) + 1)
            skipped = 1 if r == 0 and self.r_names else 0
            lines.append(self.record(fields[skipped:], self.trails and
                                     (r > 0 or self.header_trails)))
        return lines, places

    def __str__(self):
        return " ".join(self.options())


def said(path, *options, text=None):
    """What a run prints, or says when it is refused."""
    try:
        return sweeps.run(PROGRAM, "-q", *ASKED, *options, path, text=text)[0]
    except RuntimeError as error:
        return str(error)


def offered(message):
    """The options at the end of the first line of a refusal."""
    line = message.splitlines()[0]
    at = [line.find(f": {word}") for word in
          ("--skip", "--comment", "-d ", "--trailing", "--row-names")]
    return shlex.split(line[min(a for a in at if a >= 0) + 2:]) \
        if max(at) >= 0 else None


def check(rng, folder, checks):
    transposed = rng.random() < 0.3
    rows, layout = table(rng, transposed), Layout(rng)
    more = ["--transpose"] if transposed else []
    plain, other = f"{folder}/plain.csv", f"{folder}/other.txt"
    with open(plain, "w", encoding="utf-8") as file:
        file.write("".join(",".join(fields) + "\n" for fields in rows))
    lines, places = layout.lines(rows)
    text = layout.end.join(lines) + rng.choice(["", layout.end])
    with open(other, "w", newline="", encoding="utf-8") as file:
        file.write(text)
    with gzip.open(other + ".gz", "wb") as file:
        file.write(text.encode())
    want = said(plain, *more)
    options = layout.options() + more
    checks.that(want.startswith("y,x"), want)
    checks.that(said(other, *options) == want, "file", layout)
    checks.that(said(other + ".gz", *options) == want, "gzip", layout)
    checks.that(said("-", *options, text=text) == want, "pipe", layout)
    check_offer(said(other, *more), other, more, want, checks, layout)
    short = rng.randrange(1, len(rows))
    rows[short] = rows[short][:-1]
    lines, places = layout.lines(rows)
    with open(other, "w", newline="", encoding="utf-8") as file:
        file.write(layout.end.join(lines))
    if short > 1: # the first record tells whether records end in a delimiter
        checks.that(f"other.txt:{places[short]}: " in said(other, *options),
                    "short", layout, said(other, *options), places[short])


def check_offer(message, other, more, want, checks, layout):
    """What is offered, step by step, ends with what is wanted."""
    options = []
    for _ in range(4):
        step = offered(message) if not message.startswith("y,x") else None
        if step is None:
            break
        options = [o for o in options] + [
            "id" if o == "NAME" else o for o in step]
        message = said(other, *options, *more)
    checks.that(message == want, "offer", layout, "--", options, "\n" + message, "\n" + want)


def main():
    checks = sweeps.Checks()
    rng = random.Random(12)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(60):
            check(rng, folder, checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
