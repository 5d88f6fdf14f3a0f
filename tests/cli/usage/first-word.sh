#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A first word that is no command leads on, with one line to try.
printf 'y,x\n1,2\n2,3\n' >survey.csv
for words in survey.csv survy.csv fit 'lm --help' regress info head benchmark man -y \
    descrive xyzzy; do
    # shellcheck disable=SC2086  # words
    regsweep $words
    echo "exit $?"
done 2>&1
cp survey.csv "it's a survey.csv" # typed as it has to be
regsweep "it's a survey.csv" 2>&1
echo "exit $?"
