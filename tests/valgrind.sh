#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Unit tests in one process each, a sweep with workers and a refused input,
# under valgrind: no invalid access, no uninitialised value, no leak. Ends with
# the line `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$PWD/build/${VARIANT:-release}
export CK_FORK=no CK_DEFAULT_TIMEOUT=0 LC_ALL=C REGSWEEP_TEST_FEW=1
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

verdict() { # NAME STATUS WANTED: a clean run leaves the status alone
    if [ "$2" -eq "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1: exit status $2, $3 expected"
        tail -n 40 "$log"
    fi
}

memcheck() {
    valgrind -q --error-exitcode=99 --leak-check=full \
        --errors-for-leak-kinds=definite,indirect --trace-children=yes \
        "$@" >"$log" 2>&1
}

for suite in $("$build/unit" --list); do
    case $suite in
    pool) # kills its workers on purpose, which needs a process a test
        echo "SKIP: pool: does not run without CK_FORK"
        skipped=$((skipped + 1))
        continue ;;
    postgres_server) continue ;; # tests/db/results.sh has one
    esac
    memcheck "$build/unit" "$suite"
    verdict "$suite" $? 0
done

memcheck "$build/regsweep" run -j 2 examples/elements.csv -c block \
    -y melting_k,boiling_k,density
verdict "a sweep with two workers" $? 0
printf 'a,b\n1,2\n3\n' | memcheck "$build/regsweep" run - -y a -x b
verdict "a ragged table" $? 3
memcheck "$build/regsweep" describe examples/elements.csv
verdict "describe" $? 0

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
