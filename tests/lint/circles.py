#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Circles of files: X.c and X.h are one, and what they include shall lead back
to neither. Prints one line for each circle. Usage: circles.py FILE..."""
import os
import re
import sys


def stem_of(file):
    return os.path.basename(file).split(".")[0]


def includes(files):
    """stem -> stems that its .c, .cc and .h include"""
    out = {stem_of(file): set() for file in files}
    for file in files:
        with open(file, encoding="utf-8") as text:
            found = re.findall(r'^#include "(.*)"', text.read(), re.M)
        stem = stem_of(file)
        out[stem] |= {stem_of(name) for name in found} & set(out) - {stem}
    return out


def reached(graph, start):
    """what can be reached in one step or more"""
    seen, todo = set(), [start]
    while todo:
        for to in graph[todo.pop()] - seen:
            seen.add(to)
            todo.append(to)
    return seen


graph = includes(sys.argv[1:])
beyond = {stem: reached(graph, stem) for stem in graph}
circles = {
    tuple(sorted(other for other in beyond[stem] if stem in beyond[other]))
    for stem in graph
    if stem in beyond[stem]
}
for circle in sorted(circles):
    print("a circle of files: " + " ".join(circle))
