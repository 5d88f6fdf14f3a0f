#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Names that are twice as wide as they are long, dates with slashes.
regsweep describe describe-kanji.csv
regsweep describe describe-kanji.csv -q --dates 検査日 --only '!検査日' --format csv | cut -d, -f1,3-9
