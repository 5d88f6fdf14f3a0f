#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Names are cut in the middle for people, by what they take on a terminal, and
# whole for programs.
long=a_name_that_says_what_was_measured_where_by_whom_and_in_which_unit_of_volume
printf '%s,%s,%s\n1.25,3,"x""y"\n2.5,4,z\n4,9,é\n' "$long" 血圧の収縮期の値を三回測った平均値です "tab	name" >d.csv
regsweep describe d.csv -q
regsweep describe d.csv -q --format jsonl
regsweep describe d.csv -q --format tsv | cut -f1-4
regsweep describe d.csv -q --only '#2'
regsweep describe d.csv -q --only "$long"
