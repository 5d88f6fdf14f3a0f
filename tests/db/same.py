# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: same.py A.csv B.csv [prefix|sorted]

Compares two results row by row: texts as they are, numbers bit by bit. With
`prefix`, A may end earlier; the number of its rows is printed then. With
`sorted`, the order of the rows does not matter: a server that has died fills
the gaps of what it had not committed."""
import csv
import struct
import sys


def cell(text):
    try:
        return struct.pack(">d", float(text))
    except ValueError:
        return text


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            yield row


def main():
    mode = sys.argv[3] if len(sys.argv) > 3 else None
    prefix = mode == "prefix"
    got, reference = rows(sys.argv[1]), rows(sys.argv[2])
    if mode == "sorted":
        got, reference = iter(sorted(got, key=lambda row: row[:2])), iter(sorted(reference, key=lambda row: row[:2]))
    n = -1  # less the header
    for n, row in enumerate(got):
        other = next(reference, None)
        if other is None:
            sys.exit(f"row {n}: there are no more in {sys.argv[2]}")
        names = row[:2] == other[:2]  # y and x, which may look like numbers
        if row != other and (not names or list(map(cell, row)) != list(map(cell, other))):
            sys.exit(f"row {n}: {row} and {other}")
    if not prefix and next(reference, None) is not None:
        sys.exit(f"{n} rows are not all")
    if prefix:
        print(n)


main()
