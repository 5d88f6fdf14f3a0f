# SPDX-License-Identifier: GPL-3.0-or-later
"""NIST's sets as this folder has them: their tables and certified values."""

import csv
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def typed(name):
    """The table of NAME.csv: columns of texts by name."""
    with open(os.path.join(HERE, name + ".csv"), encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    return dict(zip(head, map(list, zip(*rows))))


def wampler(number):
    table = typed("wampler")
    return {"y": table[f"y{number}"], "x": table["x"]}


def small(leading, replicates):
    """A set of Simon and Lesage: nine treatments, whose responses are a tenth
    above and below the first by turns; they agree in their leading digits."""
    table = {"treatment": [], "response": []}
    for treatment in range(1, 10):
        middle = 4 if treatment == 1 else 3 if treatment % 2 == 0 else 5
        for i in range(replicates):
            tenths = middle if i == 0 else middle - 1 if i % 2 else middle + 1
            table["treatment"].append(str(treatment))
            table["response"].append(f"{leading}.{tenths}")
    return table


POWERS = ["-y", "y", "-x", "x", "--poly"]
TREATMENTS = ["-y", "response", "-x", "treatment", "--factor", "treatment"]

# set -> its table, how the program is asked for its model
SETS = {
    "Norris": (lambda: typed("norris"), ["-y", "y", "-x", "x"]),
    "Pontius": (lambda: typed("pontius"), [*POWERS, "2"]),
    "NoInt1": (lambda: typed("noint1"),
               ["-y", "y", "-x", "x", "--no-intercept"]),
    "NoInt2": (lambda: typed("noint2"),
               ["-y", "y", "-x", "x", "--no-intercept"]),
    "Filip": (lambda: typed("filip"), [*POWERS, "10"]),
    "Longley": (lambda: typed("longley"),
                ["-y", "y", "-x", "x1", "-c", "x{2:6}"]),
    "Wampler1": (lambda: wampler(1), [*POWERS, "5"]),
    "Wampler2": (lambda: wampler(2), [*POWERS, "5"]),
    "Wampler3": (lambda: wampler(3), [*POWERS, "5"]),
    "Wampler4": (lambda: wampler(4), [*POWERS, "5"]),
    "Wampler5": (lambda: wampler(5), [*POWERS, "5"]),
    "SiRstv": (lambda: typed("sirstv"), ["-y", "resistance", "-x",
                                         "instrument", "--factor",
                                         "instrument"]),
    "SmLs01": (lambda: small("1", 21), TREATMENTS),
    "SmLs02": (lambda: small("1", 201), TREATMENTS),
    "SmLs03": (lambda: small("1", 2001), TREATMENTS),
    "SmLs04": (lambda: small("1000000", 21), TREATMENTS),
    "SmLs05": (lambda: small("1000000", 201), TREATMENTS),
    "SmLs07": (lambda: small("1000000000000", 21), TREATMENTS),
}


def certified():
    """Rows of certified.csv by the name of their set."""
    with open(os.path.join(HERE, "certified.csv"), encoding="utf-8") as file:
        rows = {}
        for row in csv.DictReader(file):
            rows.setdefault(row["set"], []).append(row)
        return rows
