#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# gzip, zstd, bzip2 and xz, whole, in several members or frames and from a pipe, give what
# the plain file gives; the name does not matter.
regsweep run -q -y density -x boiling_k,melting_k "$EXAMPLES/elements.csv" >want
head -n 50 "$EXAMPLES/elements.csv" >a
tail -n +51 "$EXAMPLES/elements.csv" >b
gzip -c "$EXAMPLES/elements.csv" >whole.csv
cat a b | gzip -1 | cat >pipe.gz
{ gzip -c a; : | gzip; gzip -9c b; } >members.gz
zstd -qc "$EXAMPLES/elements.csv" >whole.txt
{ zstd -qc a; zstd -q --no-check -19 -c b; } >frames.zst
{ printf '\x52\x2a\x4d\x18\x03\0\0\0abc'; zstd -qc --long=28 "$EXAMPLES/elements.csv"; } >skippable
{ bzip2 -c a; bzip2 -1c b; } >streams.bz2
{ xz -c a; head -c 8 /dev/zero; xz -0c b; } >streams.xz
for file in whole.csv pipe.gz members.gz whole.txt frames.zst skippable streams.bz2 streams.xz; do
    regsweep run -q -y density -x boiling_k,melting_k "$file" | cmp - want &&
        regsweep run -q -y density -x boiling_k,melting_k - <"$file" | cmp - want &&
        cat "$file" | regsweep run -q -y density -x boiling_k,melting_k - | cmp - want &&
        echo "$file"
done
