#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: deb.sh FOLDER: Debian packages by lintian, and unpacked.
set -u
cd "$1" || exit 1
passed=0 failed=0
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

expect() { # NAME PATTERN GOT
    # shellcheck disable=SC2053
    if [[ $3 == $2 ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL deb/%s: wanted %s, got %s\n' "$1" "$2" "$3"
    fi
}

expect lintian '' "$(lintian --allow-root --fail-on none ./*.changes 2>&1)"
for deb in ./*.deb; do dpkg-deb -x "$deb" "$root"; done
expect version 'regsweep *' "$("$root/usr/bin/regsweep" --version)"
for page in regsweep{,-run,-describe,-bench}.1 regsweep-{input,output}.5 regsweep-{models,recipes}.7; do
    expect "$page" 0 "$(test -s "$root/usr/share/man/man${page##*.}/$page.gz"; echo $?)"
done
lib=$(dirname "$root"/usr/lib/*/libregsweep.so.0)
flags=$(PKG_CONFIG_PATH=$lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root pkg-config --cflags --libs regsweep)
cc "$OLDPWD/examples/embed.c" $flags -o "$root/embed"
expect embed 0 "$(LD_LIBRARY_PATH=$lib "$root/embed" >"$root/out" 2>&1; echo $?)"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
