#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: static.sh PROGRAM: the static program alone in an empty folder that it
# takes for the whole file system: reads and writes what it can, and refuses the
# rest by name.
set -u
program=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
examples=$PWD/examples
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
passed=0 failed=0

inside() { # WORD...: runs the program there
    unshare -r chroot "$root" /regsweep "$@"
}

expect() { # NAME PATTERN GOT
    # shellcheck disable=SC2053
    if [[ $3 == $2 ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL static/%s: wanted %s, got %s\n' "$1" "$2" "$3"
    fi
}

cp "$program" "$root/regsweep"
cp "$examples/elements.csv" "$root"
cd "$root" || exit 1
gzip -k elements.csv
zstd -q -k elements.csv
bzip2 -k elements.csv
xz -k elements.csv
printf 'HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  ' >old.xpt

expect whole 'not a dynamic executable' "$(ldd regsweep 2>&1 | sed 's/^[[:space:]]*//')"
plain=$(inside run -q elements.csv -y density)
expect plain 'y,x,n,*' "$plain"
for end in gz zst bz2 xz; do
    expect $end "$plain" "$(inside run -q "elements.csv.$end" -y density)"
done
inside run -q elements.csv -y density -o out.csv.zst
expect out.zst "$plain" "$(zstd -q -d -c out.csv.zst)"
inside run -q elements.csv -y density -o out.db
expect out.db "$(($(wc -l <<<"$plain") - 1))" "$(sqlite3 out.db 'SELECT count(*) FROM fits')"
expect blas '*OpenBLAS*' "$(inside --version -v)"
expect postgres '*libpq*static*' "$(inside run -q elements.csv -y density -o postgresql://x/y 2>&1)"
expect sas '*libreadstat*static*' "$(inside describe old.xpt 2>&1)"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
