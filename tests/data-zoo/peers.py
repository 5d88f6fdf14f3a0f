#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: peers.py [NAME...]: the zoo's files as others read them.

NAME.peer.py or NAME.peer.R reads the file of NAME.sh by pandas, fread, haven or
plink2, and prints a CSV of numbers (lib/zoo.py, lib/zoo.R). The last table in
NAME.stdout that has these columns must say the same: as many rows, texts equal,
numbers to 1e-9. A peer that lacks its library, or exits with 77, is a skip.
"""

import csv
import os
import re
import subprocess
import sys
import tempfile

ZOO = os.path.dirname(os.path.abspath(__file__))
LACKING = re.compile(
    r"No module named '([^']+)'|no package called .(\w+).|command not found|"
    r"No such file or directory: '(plink2|Rscript)'"
)


def python():
    """The first python3 in PATH that has pandas."""
    found = "python3"
    for folder in os.environ["PATH"].split(os.pathsep):
        program = os.path.join(folder, "python3")
        if os.access(program, os.X_OK):
            tried = subprocess.run(
                [program, "-c", "import pandas"], capture_output=True, check=False
            )
            if tried.returncode == 0:
                return program
    return found


def tables(lines, header):
    """The tables of a text that have these columns, as rows of them."""
    found = []
    places = None
    for fields in csv.reader(lines):
        if all(name in fields for name in header):
            places = [fields.index(name) for name in header]
            found.append([])
        elif places is not None and len(fields) > max(places):
            found[-1].append([fields[place] for place in places])
        else:
            places = None
    return found


def same(one, other):
    if one == other:
        return True
    try:
        a, b = float(one), float(other)
    except ValueError:
        return False
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def difference(peers, ours):
    """What differs, in words; None: nothing."""
    if len(peers) < 2:
        return "the peer printed no numbers"
    found = tables(ours, peers[0])
    if not found:
        return f"no table has {','.join(peers[0])}"
    if len(found[-1]) != len(peers) - 1:
        return f"{len(found[-1])} rows, the peer has {len(peers) - 1}"
    for mine, theirs in zip(found[-1], peers[1:]):
        if not all(map(same, mine, theirs)):
            return f"{','.join(mine)}, the peer has {','.join(theirs)}"
    return None


def run(file, interpreter):
    """Runs a peer in an empty folder."""
    environment = dict(os.environ, ZOO=ZOO, PYTHONPATH=os.path.join(ZOO, "lib"))
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            [interpreter, os.path.join(ZOO, file)],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


def judge(file, interpreter):
    """None: the same; else what is wrong, or ('SKIP', why)."""
    try:
        done = run(file, interpreter)
    except FileNotFoundError:
        return ("SKIP", f"there is no {interpreter}")
    if done.returncode == 77:
        return ("SKIP", (done.stdout.strip() or "no reason given").splitlines()[-1])
    lacking = LACKING.search(done.stderr)
    if done.returncode != 0 and lacking:
        return ("SKIP", lacking.group(0))
    if done.returncode != 0:
        return done.stderr.strip() or f"exit status {done.returncode}"
    name = file[: file.index(".peer.")]
    if not os.path.exists(os.path.join(ZOO, name + ".stdout")):
        return f"there is no {name}.stdout"
    with open(os.path.join(ZOO, name + ".stdout"), encoding="utf-8") as ours:
        return difference(list(csv.reader(done.stdout.splitlines())), ours)


def main():
    wanted = sys.argv[1:]
    programs = {"py": python(), "R": "Rscript"}
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for file in sorted(os.listdir(ZOO)):
        name, peer, kind = (file.rsplit(".", 2) + ["", ""])[:3]
        if peer != "peer" or kind not in programs or (wanted and name not in wanted):
            continue
        verdict = judge(file, programs[kind])
        if verdict is None:
            counts["passed"] += 1
        elif isinstance(verdict, tuple):
            counts["skipped"] += 1
            print(f"SKIP: {file}: {verdict[1]}")
        else:
            counts["failed"] += 1
            print(f"FAIL {file}: {verdict}")
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
