#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh [--in FOLDER] [--update] [TOPIC... CASE...]
#
# A case is TOPIC/NAME.sh in FOLDER (default: this one), run by bash in an empty
# folder of its own (of the data zoo: with links to NAME.*), with regsweep in
# PATH, and $EXAMPLES; run.sh is none. Beside it stand what it must
# print: NAME.stdout, NAME.stderr (absent: nothing), and NAME.exit (absent: 0).
# A line `...` in NAME.stderr stands for any number of lines, and lines may
# hold glob patterns there. Exit status 77 is a skip; the reason is printed.
# A file without its script is a failure.
set -u
cd "$(dirname "$0")" || exit 1
root=$(cd ../.. && pwd)
[ "${1:-}" != --in ] || { cd "$2" || exit 1; shift 2; }
here=$PWD
build=${REGSWEEP_BUILD:-$root/build/${VARIANT:-release}}
PATH=$(cd "$build" && pwd):$PATH
EXAMPLES=$root/examples
export PATH EXAMPLES LC_ALL=C TERM=dumb
update=
[ "${1:-}" != --update ] || { update=yes; shift; }
passed=0 failed=0 skipped=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Compares lines with patterns: matches FILE PATTERNS
matches() {
    local -a lines patterns
    local i=0
    mapfile -t lines <"$1"
    mapfile -t patterns <"$2"
    for pattern in "${patterns[@]}"; do
        if [ "$pattern" = ... ]; then
            return 0
        fi
        # shellcheck disable=SC2053  # a pattern, on purpose
        [[ $i -lt ${#lines[@]} && ${lines[i]} == $pattern ]] || return 1
        i=$((i + 1))
    done
    [ "$i" -eq "${#lines[@]}" ]
}

# What a case that is gone, or one misspelt on the command line, left here.
orphans() { # FILE...
    local file
    for file in "$@"; do
        [ ! -e "$file" ] || [ -e "${file%.*}.sh" ] || {
            echo "FAIL $file: there is no ${file%.*}.sh"
            failed=$((failed + 1))
        }
    done
}

check() { # NAME of the case, without .sh
    local base=$here/$1 dir=$scratch/case want=0 got
    if [ ! -e "$base.sh" ]; then
        echo "FAIL $1: there is no $1.sh"
        failed=$((failed + 1))
        return
    fi
    rm -rf "$dir"
    mkdir "$dir"
    [ -z "${ZOO:-}" ] || ln -s "$base".* "$dir"
    (cd "$dir" && bash "$base.sh" >"$scratch/out" 2>"$scratch/err" </dev/null)
    got=$?
    if [ "$got" -eq 77 ]; then
        echo "SKIP: $1: $(tail -n 1 "$scratch/out")"
        skipped=$((skipped + 1))
        return
    fi
    if [ -n "$update" ]; then
        keep "$scratch/out" "$base.stdout"
        [ -e "$base.stderr" ] && matches "$scratch/err" "$base.stderr" ||
            keep "$scratch/err" "$base.stderr"
        rm -f "$base.exit"
        [ "$got" -eq 0 ] || echo "$got" >"$base.exit"
    fi
    [ ! -e "$base.exit" ] || want=$(cat "$base.exit")
    : >"$scratch/none"
    local out=$base.stdout err=$base.stderr
    [ -e "$out" ] || out=$scratch/none
    [ -e "$err" ] || err=$scratch/none
    if [ "$got" -eq "$want" ] && cmp -s "$scratch/out" "$out" &&
        matches "$scratch/err" "$err"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAIL $1: exit status $got, $want expected"
    diff "$out" "$scratch/out" | head -n 20
    diff "$err" "$scratch/err" | head -n 20
}

keep() { # FROM TO: empty expectations are not kept
    if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}

topic() { # NAME: all its cases
    local case
    orphans "$1"/*.stdout "$1"/*.stderr "$1"/*.exit
    for case in "$1"/*.sh; do
        [ "${case##*/}" = run.sh ] || check "${case%.sh}"
    done
}

if [ $# -eq 0 ]; then
    orphans ./*.stdout ./*.stderr ./*.exit
    set -- */
fi
for what in "$@"; do
    if [ -d "$what" ]; then topic "${what%/}"; else check "${what%.sh}"; fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
