#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Labels of columns, words for numbers, numbers of which some have one.
zoo=$(dirname "$0")/../../data-zoo
cp "$zoo/spss.sav" .
regsweep describe spss.sav
regsweep describe spss.sav -q --format jsonl --only age,smoke
