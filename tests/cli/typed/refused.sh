#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a file of types cannot be asked, and what only it can.
zoo=$(dirname "$0")/../../data-zoo
cp "$zoo/spss.sav" "$zoo/plain.csv" .
while read -r options; do
    # shellcheck disable=SC2086
    regsweep run -q -y bmi -x age $options
    echo "$options: exit status $?"
done <<'END'
spss.sav -d ;
spss.sav --decimal ,
spss.sav --no-header
spss.sav --transpose
plain.csv --no-labels
spss.sav -y smoke
spss.sav -x sex --poly 2
END
regsweep describe -q spss.sav --no-labels
