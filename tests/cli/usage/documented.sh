#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every option of the table stands in help, on the page of its command and in the
# completions, is described on one page alone, and none of them knows an option
# that the program does not.
build=$(dirname "$(command -v regsweep)")
described() { # COMMAND
    sed -n 's/^\.BR\{0,1\} ".*\(\\-\\-[a-z0-9\\-]*\)".*/\1/p' "$build/man/regsweep-$1.1" | sed 's/\\-/-/g' | sort
}
for command in run describe bench; do
    regsweep $command --help | grep -oE '^  .{0,4}--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+' | sort -u >help.$command
    while read -r option; do
        grep -q -- "${option//-/\\\\-}\(\"\|\\\\fP\)" "$build/man/regsweep-$command.1" || echo "page of $command: no $option"
    done <help.$command
    line="regsweep $command --"
    regsweep __complete bash "$line" "$line" | sort -u | diff help.$command - || echo "completion of $command"
    described $command | uniq -d | sed "s/^/twice on the page of $command: /"
    described $command | comm -13 help.$command - | sed "s/^/only on the page of $command: /"
done
for command in describe bench; do
    comm -12 <(described run) <(described $command) | sed "s/^/another option of $command: /"
done
sort -u help.run help.describe help.bench >all
wc -l <all

for command in '' run describe bench; do
    regsweep $command --help | awk 'length > 80 {print "too long for a terminal: " $0}'
done
for column in $(printf 'y,x\n1,2\n3,4\n4,1\n' | regsweep run -q -y y --columns all,compared,effect,fit,diagnostics - | head -n 1 | tr , ' '); do
    grep -qE "^\.BR? .*\b$column\b" "$build/man/regsweep-output.5" || echo "output page: no $column"
done
