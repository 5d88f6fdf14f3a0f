#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the fault scripts; ends with `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")" || exit 1
passed=0 failed=0 skipped=0
for script in io_errors kills matrix oom parts passes small_disk sqlite stops two_runs; do
    echo "== $script"
    while read -r line; do
        if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
            passed=$((passed + BASH_REMATCH[1]))
            failed=$((failed + BASH_REMATCH[2]))
            skipped=$((skipped + BASH_REMATCH[3]))
        else
            echo "$line"
        fi
    done < <(bash $script.sh 2>&1)
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
