#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the database scripts; ends with `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")" || exit 1
passed=0 failed=0 skipped=0
for script in results refusals full_disk losses stops; do
    echo "== $script"
    closed=
    while read -r line; do
        if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
            passed=$((passed + BASH_REMATCH[1]))
            failed=$((failed + BASH_REMATCH[2]))
            skipped=$((skipped + BASH_REMATCH[3]))
            closed=yes
        else
            echo "$line"
        fi
    done < <(bash $script.sh 2>&1)
    [ -n "$closed" ] || { echo "FAIL $script: no closing line"; failed=$((failed + 1)); }
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
