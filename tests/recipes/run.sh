#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh [PAGE...]
#
# Runs the commands of man pages (default: the recipes) as they stand there, on
# tables that it makes in a folder of its own, with regsweep in PATH: for each,
# how many lines it prints, and its first line. With PEERS=yes those in R,
# Python, gnuplot, Snakemake and of spreadsheets, too, where these are there;
# what needs a server or a cluster is never run.
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- "$here/../../man/regsweep-recipes.7"
pages=()
for page in "$@"; do pages+=("$(realpath "$page")"); done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# Its first line, with those that continue it.
title() { # BLOCK
    sed -e ':a' -e '/\\$/{N;s/\\\n *//;ba' -e '}' -e q "$1"
}

try() { # BLOCK COMMAND...
    local block=$1
    shift
    if "$@" >out 2>err </dev/null; then
        echo "$(wc -l <out) lines: $(title "$block")"
    else
        echo "failed: $(title "$block"): $(tail -n 1 err)"
        failed=1
    fi
}

peer() { # PROGRAM BLOCK COMMAND...
    [ "${PEERS:-}" = yes ] || return 0
    if command -v "$1" >/dev/null; then
        try "${@:2}"
    else
        echo "SKIP: $(title "$2"): there is no $1"
    fi
}

# The first python3 in PATH that has pandas, or none of that name.
pandas_python() {
    local program
    while read -r program; do
        "$program" -c 'import pandas' 2>/dev/null && { echo "$program"; return; }
    done < <(type -ap python3)
    echo python3-pandas
}

# The options that stand for a formula, each line by itself.
formulas() { # BLOCK
    while IFS=$'\t' read -r _ options; do
        case $options in -y*) ;; *) options="-y y $options" ;; esac
        echo "$options" >options
        try options bash -c "regsweep run formula.csv $options"
    done <"$1"
}

tables() {
    rm -rf "${folder:?}"/*
    python3 "$here/tables.py"
    python3 "$here/workbook.py" book.xlsx
    cp "$here"/../../examples/{air,elements}.csv .
    cp "$here/../../examples/titanic.csv" table.csv
}

python=$(pandas_python)
for page in "${pages[@]}"; do
    tables
    mkdir blocks
    python3 "$here/blocks.py" "$page" blocks
    for block in blocks/*; do
        case $block in
        *.sh) try "$block" bash -e -o pipefail "$block" ;;
        *.table) formulas "$block" ;;
        *.make) try "$block" env -u MAKEFLAGS -u MAKELEVEL make -B -f "$block" ;;
        *.R) peer Rscript "$block" Rscript "$block" ;;
        *.Python) peer "$python" "$block" env MPLBACKEND=agg "$python" "$block" ;;
        *.gnuplot) peer gnuplot "$block" gnuplot "$block" ;;
        *.snakemake) peer snakemake "$block" snakemake -q -F -c 2 -s "$block" ;;
        *.excel) peer ssconvert "$block" bash -e "$block" ;;
        *) ;;
        esac
    done
done
exit $failed
