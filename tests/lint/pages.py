#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with man pages, a line each. Usage: pages.py VERSION PAGE..., all
of them: warnings of groff, lines that do not fit 80 columns, sections out of the
usual order, and references to pages and sections that are not there."""
import os
import re
import subprocess
import sys

ORDER = [
    *("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "RETURN VALUE"),
    *("ENVIRONMENT", "FILES", "NOTES", "EXAMPLES", "SEE ALSO"),
]
COLUMNS = 80
# The name of a section, and where it is said to be.
SECTION = r"[A-Z]{2,}(?:,? (?:A|[A-Z]{2,})\b)*"
THERE = re.compile(rf"\b({SECTION})(?: and ({SECTION}))?(?: for [\w ]+?)? in (regsweep[a-z-]*)\((\d)\)")
HERE = re.compile(rf"[Ss]ee ({SECTION})(?P<there> and | for [\w ]+? in | in )?")


class Page:
    def __init__(self, path):
        self.name = os.path.basename(path)
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        self.sections = [s.strip('"') for s in re.findall(r"^\.SH (.*)$", self.source, re.M)]
        # As man does on a terminal of 80 columns, without its fonts.
        shown = subprocess.run(
            ["groff", "-t", "-man", "-ww", "-Tutf8", "-rLL=78n", "-P-cbu", path],
            capture_output=True,
            text=True,
            check=False,
        )
        self.lines = shown.stdout.split("\n")
        self.warnings = shown.stderr.split("\n")[:-1]
        self.text = re.sub(r"\s+", " ", shown.stdout)

    def title(self, version):
        name, section = self.name.rsplit(".", 1)
        escaped = name.upper().replace("-", r"\-")
        if not re.search(rf'^\.TH {re.escape(escaped)} {section} [0-9-]+ "regsweep {version}"', self.source, re.M):
            yield "its title is not its name, section and version"

    def layout(self):
        yield from self.warnings
        for line in self.lines:
            if len(line) > COLUMNS:
                yield f"too wide: {line.strip()}"
        usual = [s for s in self.sections if s in ORDER]
        if usual != sorted(usual, key=ORDER.index):
            yield f"order of sections: {', '.join(usual)}"

    def references(self, pages):
        for page, section in re.findall(r"\b((?:lib)?regsweep[a-z-]*)\((\d)\)", self.text):
            if f"{page}.{section}" not in pages:
                yield f"no page {page}({section})"
        for *names, page, section in THERE.findall(self.text):
            there = pages.get(f"{page}.{section}")
            for name in filter(None, names):
                if there and name not in there.sections:
                    yield f"no section {name} in {there.name}"
        for found in HERE.finditer(self.text):
            if not found["there"] and found[1] not in self.sections:
                yield f"no section {found[1]} here"


def main():
    version = sys.argv[1]
    pages = {page.name: page for page in map(Page, sys.argv[2:])}
    for page in pages.values():
        for fault in (*page.title(version), *page.layout(), *page.references(pages)):
            print(f"{page.name}: {fault}")


if __name__ == "__main__":
    main()
