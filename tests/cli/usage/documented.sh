#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every option of the table stands in help, man page and completions, and none
# of them knows an option that the program does not.
build=$(dirname "$(command -v regsweep)")
for command in run describe bench; do
    regsweep $command --help | grep -oE '^  .{0,4}--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+' | sort -u >help.$command
    while read -r option; do
        grep -q -- "\"[^\"]*${option//-/\\\\-}\"" "$build"/man/regsweep-*.1 || echo "man: no $option"
    done <help.$command
    line="regsweep $command --"
    regsweep __complete bash "$line" "$line" | sort -u | diff help.$command - || echo "completion of $command"
done
sort -u help.run help.describe help.bench >all
sed -n 's/^\.BR\{0,1\} ".*\(\\-\\-[a-z0-9\\-]*\)".*/\1/p' "$build"/man/regsweep-*.1 | sed 's/\\-/-/g' | sort -u | comm -13 all - | sed 's/^/only in man: /'
wc -l <all

for command in '' run describe bench; do
    regsweep $command --help | awk 'length > 80 {print "too long for a terminal: " $0}'
done
for column in $(printf 'y,x\n1,2\n3,4\n4,1\n' | regsweep run -q -y y --columns all,compared,effect,fit,diagnostics - | head -n 1 | tr , ' '); do
    grep -qE "^\.BR? .*\b$column\b" "$build/man/regsweep-output.5" || echo "output page: no $column"
done
