#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of a man page: usage: blocks.py PAGE FOLDER.

Writes what stands between .RS 4, .nf and .fi of PAGE into FOLDER, a file each,
in their order: 01.sh, and 02.R where a comment before .nf says `R`. What is said to
be `text` is no command."""
import re
import sys

ROFF = {"-": "-", "e": "\\", "(aq": "'", "(dq": '"', "(ha": "^", "(ti": "~", "(ga": "`", "&": ""}
BLOCK = re.compile(r'^\.RS 4\n(?:\.\\" (\w+)\n)?\.nf\n(?:\.ta [^\n]*\n)?(.*?)^\.fi\n', re.M | re.S)


def plain(text):
    return re.sub(r"\\(\(..|.)", lambda m: ROFF[m.group(1)], text)


def main():
    page, folder = sys.argv[1:]
    with open(page, encoding="utf-8") as file:
        blocks = BLOCK.findall(file.read())
    for number, (kind, text) in enumerate(blocks, 1):
        if kind != "text":
            with open(f"{folder}/{number:02}.{kind or 'sh'}", "w", encoding="utf-8") as out:
                out.write(plain(text))


if __name__ == "__main__":
    main()
