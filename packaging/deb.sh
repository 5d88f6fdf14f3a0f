#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: packaging/deb.sh FOLDER VERSION: Debian packages of the last commit, in
# FOLDER, built from a copy of it, as dpkg-buildpackage writes beside its tree.
set -eu
cd "$(dirname "$0")/.."
out=$1 tree=$1/regsweep-$2
rm -rf "$out"
mkdir -p "$tree"
git archive HEAD | tar -x -C "$tree"
cp -r "$tree/packaging/debian" "$tree/debian"
cd "$tree"
DEB_BUILD_OPTIONS="parallel=$(nproc) ${DEB_BUILD_OPTIONS:-}" dpkg-buildpackage -us -uc -b >../build.log 2>&1 || {
    tail -n 30 ../build.log
    exit 1
}
cd ..
ls ./*.deb
