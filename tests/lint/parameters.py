#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions of more than seven parameters, one a line: a struct says it better.
Usage: parameters.py FILE..."""
import re
import sys

MOST = 7
DEFINITION = re.compile(r"^[A-Za-z_][\w *\n]*?[ *\n](\w+)\(((?:[^()]|\([^()]*\))*)\)\n\{", re.M)


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)


def count(parameters):
    """commas that are in no inner brackets, and one"""
    while re.search(r"[(\[]", parameters):
        parameters = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", parameters)
    return parameters.count(",") + 1


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        text = without_comments(file.read())
    for name, parameters in DEFINITION.findall(text):
        if count(parameters) > MOST:
            print(f"{path}: {name} has {count(parameters)} parameters")
