#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh [--update] - runs the examples and compares what they print
# (results, and messages without the time) with expected/.
set -u
export LC_ALL=C
cd "$(dirname "$0")" || exit 1
command -v regsweep >/dev/null || { echo "no regsweep in PATH" >&2; exit 1; }
passed=0 failed=0
for script in [0-9]*.sh; do
    want=expected/${script%.sh}.txt
    got=$(sh "$script" 2>&1 | sed -E 's/ in [0-9.]+ m?s \([^)]*\), [0-9]+ workers?/ in TIME/')
    if [ "${1:-}" = --update ]; then
        mkdir -p expected
        printf '%s\n' "$got" >"$want"
    fi
    if [ "$got" = "$(cat "$want")" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL examples/$script"
        printf '%s\n' "$got" | diff "$want" - | head -n 20
    fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
