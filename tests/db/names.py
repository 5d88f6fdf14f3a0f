# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: names.py make | names.py check HEX

make writes names.csv, a table of 100 columns whose names try what they can,
and a y; check compares them with the names in HEX, one a line in
hexadecimal."""
import csv
import random
import sys

GIVEN = ['"; DROP TABLE fits; --', "'; DROP TABLE runs; --", 'a"b', "a'b", "\\.", "\\N", "\\", "\\\\", "\\n",
         "a\tb", "a\nb", "a\rb", "a\r\nb", "x" * 200, "\u00fc" * 120, "\U0001f600", "select", "NULL", "null", "NaN", "$1", "%s%n",
         "{1}", "a;b", "a,b", "a|b", "-- ", "/*", "*/", "\x01", "\x7f", "\x1b[31m", "\u200b", "\u202eabc", "\u0301",
         "0", "1e5", "-1", "=1+1", "@x", "(a)", "a b", "a  b", "\u00ff", "\uffff", "\U0010fffd", "PGCOPY", "\x0bv", "ctid",
         "run_id", "y ; COMMIT", "E'\\''", "$$", "U&\"\\0041\"", "%00", "&amp;", "'' OR 1=1"]


def names():
    rng = random.Random(7)
    found = list(GIVEN)
    while len(found) < 100:
        name = "".join(chr(rng.choice([rng.randint(33, 126), rng.randint(0xa1, 0x2fff)])) for _ in range(rng.randint(1, 40)))
        if name not in found and name != "y":
            found.append(name)
    return found


def make():
    rng = random.Random(8)
    with open("names.csv", "w", newline="", encoding="utf-8") as file:
        # every field in quotes, as all of them are legal there
        out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        out.writerow(names() + ["y"])
        for _ in range(20):
            out.writerow([f"{rng.random():.6f}" for _ in range(101)])
    with open("y.txt", "w", encoding="utf-8") as file:
        file.write("y\n")


def check(path):
    good = 0
    with open(path, encoding="ascii") as file:
        got = [bytes.fromhex(line.strip()) for line in file]
    for i, name in enumerate(names()):
        if i < len(got) and got[i] == name.encode("utf-8"):
            good += 1
        else:
            print(f"name {i}: {name!r} came back as {got[i] if i < len(got) else None!r}")
    print(f"{good} passed")


if sys.argv[1] == "make":
    make()
else:
    check(sys.argv[2])
