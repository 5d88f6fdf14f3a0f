#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh [NAME...] - shows that CONTRIBUTING's "To add" is true: each
# NAME.sh adds one capability to a copy of the tree by its new files and rows in
# at most two existing ones; the program is built with it, and what its `try`
# prints must be NAME.stdout. Ends with `N passed, N failed, N skipped`.
#
# In NAME.sh: add FROM TO         a new file, made of one of tests/
#             row FILE AFTER LINE a line behind the first that holds AFTER
#             edit FILE SED       another change of a table
#             try                 runs the program, in an empty folder
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$PWD variant=${VARIANT:-release}
passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C
unset MAKEFLAGS MAKELEVEL

add() {
    [ ! -e "$tree/$2" ] || complain "$2 is there already"
    cp "$root/$1" "$tree/$2"
}

row() {
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
    wrong+="  $1"$'\n'
}

# What is compiled already is copied with its time: make builds the rest.
copy_tree() {
    rm -rf "$tree"
    mkdir -p "$tree/build/$variant"
    cp -a "$root"/{Makefile,core,io,cmd,man} "$tree"
    cp -a "$root/build/$variant"/{core,io,cmd,man} "$tree/build/$variant"
}

check() { # NAME
    local n_files
    tree=$scratch/tree wrong='' changed=()
    copy_tree
    # shellcheck source=/dev/null
    . "$root/tests/additions/$1.sh"
    n_files=$(printf '%s\n' "${changed[@]}" | sort -u | wc -l)
    [ "$n_files" -le 2 ] || complain "$n_files existing files are changed"
    make -s -C "$tree" VARIANT="$variant" "CFLAGS_$variant=-O0 ${flags[*]}" -j"$(nproc)" \
        "build/$variant/regsweep" >"$scratch/log" 2>&1 || complain "$(cat "$scratch/log")"
    rm -rf "$scratch/empty"
    mkdir "$scratch/empty"
    (cd "$scratch/empty" && PATH=$tree/build/$variant:$PATH && try) >"$scratch/out" 2>&1
    diff "$root/tests/additions/$1.stdout" "$scratch/out" >"$scratch/diff" || complain "$(cat "$scratch/diff")"
    if [ -z "$wrong" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n%s' "$1" "$wrong"
    fi
}

# The sanitizers of the variant, without its optimisation.
flags=()
case $variant in
asan) flags=(-fsanitize=address) ;;
ubsan) flags=(-fsanitize=undefined) ;;
tsan) flags=(-fsanitize=thread) ;;
cov) flags=(--coverage) ;;
esac

[ $# -gt 0 ] || {
    mapfile -t names < <(cd tests/additions && printf '%s\n' *.sh | grep -v '^run.sh$')
    set -- "${names[@]%.sh}"
}
for name in "$@"; do check "$name"; done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
