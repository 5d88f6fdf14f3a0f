#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A closed standard stream: what was to go there is an error, and no file of the
# run gets its number.
printf 'a,b\n1,2\n2,1\n3,5\n4,4\n' >d.csv
for words in 'describe -q d.csv' 'describe -q --format csv d.csv' '--help' '--version' 'help' 'run --help' 'run --version' \
    'run --dry-run -y a d.csv' 'run -q -y a d.csv' 'bench --help'; do
    # shellcheck disable=SC2086  # words
    regsweep $words >&-
    echo "$words: $?"
done
regsweep run -q -y a d.csv -o o.csv >&-; echo $?
regsweep run -q -y a d.csv -f -o o.csv <&- >&-; echo $?
regsweep run -v -y a d.csv --columns y,x,n --progress always --verify 1 -f -o o.csv 2>&-; echo $?
cat o.csv
regsweep run -q -y a - <&-; echo $?
