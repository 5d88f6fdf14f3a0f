#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rare compressions need their library only when they are met.
mkdir lib
for name in libbz2.so.1.0 liblzma.so.5; do echo "no library" >lib/$name; done
export LD_LIBRARY_PATH=$PWD/lib
bzip2() { LD_LIBRARY_PATH='' command bzip2 "$@"; }
xz() { LD_LIBRARY_PATH='' command xz "$@"; }
bzip2 -c "$EXAMPLES/elements.csv" >a.bz2
xz -c "$EXAMPLES/elements.csv" >a.xz
for file in a.bz2 a.xz "$EXAMPLES/elements.csv"; do
    regsweep run -q -y density -x period "$file" --columns y,x,n
    echo "exit status $?"
done
