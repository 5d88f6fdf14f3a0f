#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README files and the demo show to be typed does what they show.

usage: readme.py BUILD

Lines `    $ command` of README.md and examples/README.md, and what stands below
them up to the next one or the end of the block: the commands of a file are typed
one after the other into one shell, in a copy of the folder where they are to be
typed. Messages are not compared. What the demo ends with must work with a table
in its place. Prints what is otherwise, and at the end
`N passed, N failed, N skipped`.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "lib"))
import sweeps

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FILES = ("README.md", "examples/README.md")
INDENT = "    "


def shown(path):
    """Commands of a file, with the lines that they print."""
    commands = []
    inside = False
    with open(path, encoding="utf-8") as file:
        for line in map(str.rstrip, file):
            if line.startswith(INDENT + "$ "):
                commands.append((line[len(INDENT) + 2:], []))
                inside = True
            elif inside and line.startswith(INDENT):
                commands[-1][1].append(line[len(INDENT):])
            else:
                inside = False
    return commands


def typed(commands, folder):
    """What each command printed and its exit status."""
    mark = "-- end of a command: "
    script = "".join(f"{command}\necho '{mark}'$?\n"
                     for command, _ in commands)
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL="C"))
    parts = re.split(re.escape(mark) + r"(\d+)\n", done.stdout)
    return [(text.splitlines(), int(status), done.stderr) for text, status
            in zip(parts[::2], parts[1::2])]


def try_typed(commands, build):
    """Types them into a copy of what the demo leaves."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(ROOT, "examples"),
                        os.path.join(folder, "examples"))
        os.makedirs(os.path.join(folder, "build"))
        os.symlink(os.path.abspath(build),
                   os.path.join(folder, "build", "release"))
        return typed(commands, folder)


def check(checks, path, build):
    commands = shown(os.path.join(ROOT, path))
    checks.that(commands, path, "shows no command")
    printed = try_typed(commands, build)
    checks.that(len(printed) == len(commands), path, "not all was run")
    for (command, want), (got, status, messages) in zip(commands, printed):
        checks.that(got == want and status == 0, f"{path}: {command}",
                    f"exit status {status}\n" + "\n".join(
                        difflib.unified_diff(want, got, "shown", "printed",
                                             lineterm="")), messages)


def check_demo(checks, build):
    """The lines that the demo ends with."""
    path = "PATH=$PWD/build/release:$PATH"
    ((lines, status, _),) = try_typed([(f"{path} sh examples/demo.sh", [])],
                                      build)
    commands = [line.strip() for line in
                lines[next(i for i, line in enumerate(lines)
                           if line.startswith("Next,")):]
                if line.startswith("  ")]
    checks.that(status == 0 and len(commands) == 4, "the demo ends otherwise")
    mine = {"YOUR.csv": "examples/elements.csv", "COLUMN": "density",
            "PATTERN*": "*_k"}
    for word, name in mine.items():
        checks.that(any(word in c for c in commands), word, "is not shown")
        commands = [c.replace(word, name) for c in commands]
    for command, (_, status, messages) in zip(commands, try_typed(
            [(c, []) for c in commands], build), strict=True):
        checks.that(status == 0, "the demo:", command, messages)


def main():
    checks = sweeps.Checks()
    for path in FILES:
        check(checks, path, sys.argv[1])
    check_demo(checks, sys.argv[1])
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
