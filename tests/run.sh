#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every test of the build in build/$VARIANT: unit tests, command-line
# cases, examples, property, oracle and fault scripts. Counts single tests and
# ends with the line `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/.." || exit 1

variant=${VARIANT:-release}
build=$PWD/build/$variant
refdata=${REGSWEEP_REFDATA:-$PWD/../shared/data}
[ ! -d "$refdata" ] || refdata=$(cd "$refdata" && pwd)
export REGSWEEP_REFDATA=$refdata REGSWEEP_BUILD=$build
export PATH=$build:$PATH LC_ALL=C
passed=0 failed=0 skipped=0

log=$(mktemp)
trap 'rm -f "$log"' EXIT

add() { # passed failed skipped
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# A unit test binary: libcheck counts, `SKIP:` lines tell what was not run.
unit() {
    local name=$1 status checks failures errors skips
    "$build/tests/$name" >"$log" 2>&1
    status=$?
    checks=$(sed -n 's/.*Checks: \([0-9]*\),.*/\1/p' "$log" | tail -n 1)
    failures=$(sed -n 's/.*Failures: \([0-9]*\),.*/\1/p' "$log" | tail -n 1)
    errors=$(sed -n 's/.*Errors: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    skips=$(grep -c '^SKIP: ' "$log")
    if [ -z "$checks" ]; then
        echo "FAIL $name (exit status $status, no summary)"
        cat "$log"
        add 0 1 0
        return
    fi
    local bad=$((failures + errors))
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    [ "$bad" -eq 0 ] || { echo "FAIL $name"; cat "$log"; }
    [ "$skips" -eq 0 ] || grep '^SKIP: ' "$log" | sort -u
    [ "$skips" -le $((checks - bad)) ] || skips=$((checks - bad))
    add $((checks - bad - skips)) "$bad" "$skips"
}

# Anything that ends with the closing line itself.
counted() {
    local name=$1 line status
    shift
    "$@" >"$log" 2>&1
    status=$?
    line=$(tail -n 1 "$log")
    if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        add "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
        grep '^SKIP: ' "$log"
        [ "${BASH_REMATCH[2]}" -eq 0 ] || { echo "FAIL $name"; cat "$log"; }
        [ "${BASH_REMATCH[2]}" -gt 0 ] || [ "$status" -eq 0 ] || {
            echo "FAIL $name (exit status $status)"
            add 0 1 0
        }
    else
        echo "FAIL $name (exit status $status, no closing line)"
        cat "$log"
        add 0 1 0
    fi
}

for source in $(find tests/unit -name 'test_*.c' | sort); do
    unit "$(basename "$source" .c)"
done
counted "command-line cases" bash tests/cli/run.sh
counted "examples" bash examples/run.sh
counted "the library" bash tests/library.sh
counted "oracles" python3 tests/oracle/oracles.py "$build/regsweep" "$refdata"
counted "adjusted p" python3 tests/oracle/adjusted.py "$build/oracle/adjusted" "$refdata"
counted "PostgreSQL" bash tests/db/results.sh
for script in tests/property/*.sh tests/property/*.py; do
    [ ! -e "$script" ] || case $script in
    *.sh) counted "$script" bash "$script" ;;
    *.py) counted "$script" python3 "$script" "$build/regsweep" "$refdata" ;;
    esac
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
