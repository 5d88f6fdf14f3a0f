#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every test of the build in build/$VARIANT: unit tests, command-line
# cases, examples, property and oracle scripts, each entry in a scratch folder
# of its own, as many at a time as there are processors ($JOBS). Counts single
# tests, in the same order whatever ends first, prints the whole log of an entry
# that failed, and ends with the line `N passed, N failed, N skipped`. What
# cannot be run is told by a line `SKIP: reason`; one reason is told once, and
# counts once, however many tests it stops.
set -u -m # a group for each job: a signal can end it, and it takes Ctrl-C
cd "$(dirname "$0")/.." || exit 1

variant=${VARIANT:-release}
jobs=${JOBS:-$(nproc)}
root=$PWD
build=$root/build/$variant
refdata=${REGSWEEP_REFDATA:-$PWD/../shared/data}
[ ! -d "$refdata" ] || refdata=$(cd "$refdata" && pwd)
export REGSWEEP_BUILD=$build REGSWEEP_TESTS=$root/tests
export PATH=$build:$PATH LC_ALL=C
passed=0 failed=0 skipped=0
declare -A told # reasons of skips

scratch=$(mktemp -d)
clean_up() {
    local job
    for job in $(jobs -p); do kill -TERM -- "-$job"; done 2>/dev/null
    wait
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

# ---- what there is to run ----------------------------------------------------

names=() commands=()
entry() { # NAME COMMAND...: one that ends with the closing line
    names+=("$1")
    commands+=("$(printf '%q ' "${@:2}")")
}

# A suite of the unit tests: libcheck counts, `SKIP: ` lines tell what was not
# run.
unit() { # SUITE
    local status bad skips
    "$build/unit" "$1" 2>&1 | tee log
    status=${PIPESTATUS[0]}
    [[ $(grep 'Checks: ' log) =~ Checks:\ ([0-9]+),\ Failures:\ ([0-9]+),\ Errors:\ ([0-9]+) ]] ||
        return
    bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || return
    skips=$(grep -c '^SKIP: ' log)
    echo "$((BASH_REMATCH[1] - bad - skips)) passed, $bad failed, $skips skipped"
}

# First what waits more than it computes, last what is short: then no processor
# is without work.
mapfile -t suites < <(find tests/unit -name 'test_*.c' | sort | sed 's|.*/test_||; s|\.c$||')
entry "unit tests: pool" unit pool
# (a file beside the topics is taken for a case without a script)
mapfile -t topics < <(cd tests/cli && printf '%s\n' * | grep -v '^run.sh$')
entry "command line: signals" bash "$root/tests/cli/run.sh" signals
entry "additions" bash "$root/tests/additions/run.sh"
for script in tests/property/*.py; do
    entry "$script" python3 "$root/$script" "$build/regsweep"
done
for topic in "${topics[@]}"; do
    [ "$topic" = signals ] || entry "command line: $topic" bash "$root/tests/cli/run.sh" "$topic"
done
entry "data zoo" bash "$root/tests/data-zoo/run.sh"
entry "completions" python3 "$root/tests/completions/shells.py" "$build/regsweep"
entry "examples" bash "$root/examples/run.sh"
entry "what the README shows" python3 "$root/tests/readme.py" "$build"
entry "the library" bash "$root/tests/library.sh"
entry "NIST" python3 "$root/tests/nist/digits.py" "$build/regsweep" "$refdata"
entry "blocks" python3 "$root/tests/oracle/blocks.py" "$build/regsweep" "$refdata"
entry "oracles" python3 "$root/tests/oracle/oracles.py" "$build/regsweep" "$refdata"
entry "adjusted p" python3 "$root/tests/oracle/adjusted.py" "$build/oracle/adjusted" "$refdata"
entry "PostgreSQL" bash "$root/tests/db/results.sh"
for suite in "${suites[@]}"; do
    [ "$suite" = pool ] || entry "unit tests: $suite" unit "$suite"
done

# ---- running it --------------------------------------------------------------

run() { # NUMBER of the entry
    local status
    export TMPDIR=$scratch/$1/tmp
    cd "$scratch/$1" || exit
    TIMEFORMAT=%R
    { time eval "${commands[$1]}" </dev/null >log 2>&1; } 2>seconds
    status=$?
    echo "$status" >status
}

# Tells of what an entry did not run, as far as nobody did.
tell_skips() { # LOG COUNT
    local line reasons
    mapfile -t reasons < <(grep '^SKIP: ' "$1" | sort -u)
    [ "$2" -eq 0 ] || [ "${#reasons[@]}" -gt 0 ] || reasons=("SKIP: $2 tests, without a reason")
    for line in "${reasons[@]}"; do
        [ -z "${told[$line]:-}" ] || continue
        told[$line]=yes
        skipped=$((skipped + 1))
        echo "$line"
    done
}

# Counts an entry that ended, and tells of what failed and what was not run.
judge() { # NUMBER
    local status line bad log=$scratch/$1/log
    status=$(cat "$scratch/$1/status")
    line=$(tail -n 1 "$log")
    if [[ ! $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        failed=$((failed + 1))
        echo "FAIL ${names[$1]} (exit status $status, no closing line)"
        cat "$log"
        return
    fi
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    bad=${BASH_REMATCH[2]}
    tell_skips "$log" "${BASH_REMATCH[3]}"
    if [ "$bad" -gt 0 ]; then
        echo "FAIL ${names[$1]}"
        cat "$log"
    elif [ "$status" -ne 0 ]; then
        failed=$((failed + 1))
        echo "FAIL ${names[$1]} (exit status $status)"
        cat "$log"
    fi
    [ -z "${TIMES:-}" ] || echo "$(cat "$scratch/$1/seconds") s: ${names[$1]}"
}

judged=0
judge_what_ended() {
    while [ -s "$scratch/$judged/status" ]; do
        judge "$judged"
        judged=$((judged + 1))
    done
}

chmod 755 "$scratch" # a database server that root starts has another account
for number in "${!names[@]}"; do
    mkdir -p "$scratch/$number/tmp"
    run "$number" &
    if [ "$((number + 1))" -ge "$jobs" ]; then
        wait -n
        judge_what_ended
    fi
done
wait
judge_what_ended
failed=$((failed + ${#names[@]} - judged)) # none, or the disk is full

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
