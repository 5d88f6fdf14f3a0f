#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Not whole, not sound, or followed by something else: refused, nothing written.
gzip -c "$EXAMPLES/elements.csv" >a.gz
zstd -qc "$EXAMPLES/elements.csv" >a.zst
head -c 1000 a.gz >cut.gz
head -c 1000 a.zst >cut.zst
head -c 4 a.zst >magic.zst
{ cat a.gz; head -c 12 a.gz; } >second-cut.gz
{ cat a.gz; echo behind; } >behind.gz
{ cat a.zst; echo behind; } >behind.zst
{ head -c 500 a.gz; printf 'wrong bytes'; tail -c +512 a.gz; } >bad.gz
{ head -c 500 a.zst; printf 'wrong bytes'; tail -c +512 a.zst; } >bad.zst
: | gzip >empty.gz
bzip2 -c "$EXAMPLES/elements.csv" >a.bz2
xz -c "$EXAMPLES/elements.csv" >a.xz
for kind in bz2 xz; do
    head -c 1000 a.$kind >cut.$kind
    { cat a.$kind; echo behind it all; } >behind.$kind
    { head -c 500 a.$kind; printf "wrong bytes"; tail -c +512 a.$kind; } >bad.$kind
done
for file in cut.gz cut.zst magic.zst second-cut.gz behind.gz behind.zst bad.gz bad.zst empty.gz {cut,behind,bad}.{bz2,xz}; do
    regsweep run -y density -x boiling_k "$file" -o out.csv
    echo "$file: exit status $?"
done
head -c 1000 a.gz | regsweep run -y density -x boiling_k -
echo "pipe: exit status $?"
find . -name "out.csv*"
