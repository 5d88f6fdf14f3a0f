# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
# What the scripts of ratios share; to be sourced, with BUILD as $1. Leaves
# them in an empty folder, which goes when they end.
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
regsweep=$build/regsweep
jobs=${JOBS:-$(nproc)}
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit

median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
ratio() { paste "$1" "$2" | awk '{printf "%.2f\n", $1 / $2}' | median; }
# NAME: seconds of a stage, by the messages of --timings in the file err
stage() { sed -nE "s/^regsweep: time: (.* )?$1 ([0-9.]+) s.*/\\2/p" err; }
# PID: kB of it and its children. Each process counts its share of the pages
# that several have.
memory() {
    local pid
    for pid in $1 $(cat "/proc/$1/task/$1/children"); do
        cat "/proc/$pid/smaps_rollup"
    done 2>/dev/null | awk '/^Pss:/ {sum += $2} END {print sum + 0}'
}
