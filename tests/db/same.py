# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: same.py A.csv B.csv [prefix]

Compares two results row by row: texts as they are, numbers bit by bit. With
`prefix`, A may end earlier; the number of its rows is printed then."""
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
    prefix = len(sys.argv) > 3
    reference = rows(sys.argv[2])
    n = -1  # less the header
    for n, row in enumerate(rows(sys.argv[1])):
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
