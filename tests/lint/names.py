#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of files and functions that documents and comments mention, and that
are not there: prints one a line. Usage: names.py FILE..., all files of the
tree, from its root.

In documents, names are what stands in backticks and looks like one: a path, a
file, rs_something, or what the points of a room's README begin with. In
comments of sources: files of ours.
"""
import fnmatch
import re
import sys

ENDINGS = r"\.(?:c|h|cc|py|sh|R|md|in|map)"
FILE = re.compile(rf"[\w*./-]*\w{ENDINGS}$")


class Tree:
    def __init__(self, paths):
        self.paths = paths
        self.folders = {p.rsplit("/", n)[0] for p in paths for n in range(1, p.count("/") + 1)}
        self.names = {p.rsplit("/", 1)[-1] for p in paths}
        self.stems = {n.rsplit(".", 1)[0] for n in self.names}
        self.words = set()

    def has_path(self, name, folder):
        """name: from the root or from the folder, a file of either ending, or
        a pattern."""
        for start in ("", folder + "/"):
            whole = start + name.rstrip("/")
            if whole in self.folders or any(
                fnmatch.fnmatchcase(p, whole) or fnmatch.fnmatchcase(p, whole + ".[ch]*")
                for p in self.paths
            ):
                return True
        return False

    def has_file(self, name):
        return any(fnmatch.fnmatchcase(n, name) for n in self.names)


def as_pattern(name):
    """NAME and the like stand for any."""
    return re.sub(r"[A-Z]{4,}(?=[_.]|$)", "*", name)


def missing_in_document(tree, path, text):
    folder = path.rsplit("/", 1)[0] if "/" in path else "."
    roots = {f for f in tree.folders if "/" not in f}
    heads = set()
    if path.endswith("/README.md") and any(p.endswith(".h") for p in tree.paths if p.startswith(folder + "/")):
        for head in re.findall(r"^- ((?:`\w+`(?:, | and )?)+):", text, re.M):
            heads.update(re.findall(r"`(\w+)`", head))
    for name in re.findall(r"`([^`\s]+)`", text):
        plain = as_pattern(name)
        if "/" in plain and plain.split("/")[0] in roots:
            found = tree.has_path(plain, folder)
        elif FILE.match(plain) and not plain.startswith(".."):
            found = tree.has_path(plain, folder) or tree.has_file(plain)
        elif plain.startswith("rs_"):
            found = plain.rstrip("()") in tree.words
        elif plain in heads:
            found = tree.has_path(plain, folder)
        elif folder != "examples" and re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", plain):
            found = plain in tree.stems or plain in tree.words
        else:
            found = True
        if not found:
            yield name


def missing_in_comments(tree, text):
    for comment in re.findall(r"/\*.*?\*/|//[^\n]*", text, re.S):
        for name in re.findall(rf"(?<![\w<./-])[\w/]*\w{ENDINGS}\b(?!\()", comment):
            if not tree.has_file(as_pattern(name.rsplit("/", 1)[-1])):
                yield name


def main(paths):
    tree = Tree(paths)
    texts = {}
    for path in paths:
        if re.search(r"\.(c|h|cc|md)$", path):
            with open(path, encoding="utf-8") as file:
                texts[path] = file.read()
            if not path.endswith(".md"):
                tree.words.update(re.findall(r"\w+", texts[path]))
    for path, text in texts.items():
        if path.endswith(".md") and path != "CHANGES.md":
            names = missing_in_document(tree, path, text)
        elif not path.endswith(".md"):
            names = missing_in_comments(tree, text)
        else:
            continue
        for name in names:
            print(f"{path}: {name} is not there")


main(sys.argv[1:])
