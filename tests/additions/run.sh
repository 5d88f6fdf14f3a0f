#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh [NAME...] - shows that CONTRIBUTING's "To add" is true: each
# NAME.sh adds one capability to a copy of the tree by its new files and rows in
# at most two existing ones; the program is built with all of them, so that none
# is in another's way, and what the `try` of each prints must be NAME.stdout.
# Ends with `N passed, N failed, N skipped`.
#
# In NAME.sh: change, made of
#                 add FROM TO         a new file, made of one of tests/
#                 row FILE AFTER LINE a line behind the first that holds AFTER
#                 edit FILE SED       another change of a table
#             try BUILD, which runs the program, in an empty folder
# What NAME.stdout says of numbers is no output of the program but known from
# elsewhere; NAME.sh tells whence.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$PWD variant=${VARIANT:-release}
passed=0 failed=0
scratch=$(mktemp -d)
tree=$scratch/tree
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C
unset MAKEFLAGS MAKELEVEL

add() {
    [ ! -e "$tree/$2" ] || complain "$2 is there already"
    cp "$root/$1" "$tree/$2"
}

row() {
    local at
    changed+=("$1")
    at=$(grep -nF -m 1 -- "$2" "$tree/$1" | cut -d: -f1)
    [ -n "$at" ] || { complain "no '$2' in $1"; return; }
    LINE=$3 awk -v at="$at" '{print} NR == at {print ENVIRON["LINE"]}' \
        "$tree/$1" >"$scratch/edited"
    cp "$scratch/edited" "$tree/$1"
}

edit() {
    changed+=("$1")
    cp "$tree/$1" "$scratch/before"
    sed -i "$2" "$tree/$1"
    ! cmp -s "$scratch/before" "$tree/$1" || complain "$1 is as it was"
}

complain() {
    wrong[$name]+="  $1"$'\n'
}

# What is compiled already is copied with its time: make builds the rest.
copy_tree() {
    mkdir -p "$tree/build/$variant"
    cp -a "$root"/{Makefile,core,io,cmd,man} "$tree"
    cp -a "$root/build/$variant"/{core,io,cmd,man} "$tree/build/$variant"
}

change_tree() { # NAME
    local n_files
    changed=()
    # shellcheck source=/dev/null
    . "tests/additions/$1.sh"
    change
    n_files=$(printf '%s\n' "${changed[@]}" | sort -u | wc -l)
    [ "$n_files" -le 2 ] || complain "$n_files existing files are changed"
}

# The sanitizers of the variant, without its optimisation.
build() {
    local flags=
    case $variant in
    asan) flags=-fsanitize=address ;;
    ubsan) flags=-fsanitize=undefined ;;
    tsan) flags=-fsanitize=thread ;;
    cov) flags=--coverage ;;
    esac
    make -s -C "$tree" VARIANT="$variant" "CFLAGS_$variant=-O0 $flags" -j"$(nproc)" \
        "build/$variant/regsweep" "build/$variant/man/regsweep-output.5"
}

check() { # NAME
    mkdir "$scratch/$1"
    # shellcheck source=/dev/null
    . "tests/additions/$1.sh"
    (cd "$scratch/$1" && PATH=$tree/build/$variant:$PATH && try "$tree/build/$variant") >"$scratch/out" 2>&1
    diff "tests/additions/$1.stdout" "$scratch/out" >"$scratch/diff" || complain "$(cat "$scratch/diff")"
}

[ $# -gt 0 ] || {
    mapfile -t names < <(cd tests/additions && printf '%s\n' *.sh | grep -v '^run.sh$')
    set -- "${names[@]%.sh}"
}
declare -A wrong=()
copy_tree
for name in "$@"; do change_tree "$name"; done
if build >"$scratch/log" 2>&1; then
    for name in "$@"; do check "$name"; done
else
    for name in "$@"; do complain "it is not built"; done
    cat "$scratch/log"
fi
for name in "$@"; do
    if [ -z "${wrong[$name]:-}" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n%s' "$name" "${wrong[$name]}"
    fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
