#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Compressed output holds the bytes of the plain one, in a form that gzip, zstd
# and the program itself read; it is the same for any number of workers. All
# rows, few rows, the best rows, no rows.
awk 'BEGIN{srand(5); for(j=0;j<200;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<60;i++){for(j=0;j<200;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
check() { # NAME OPTION...
    local name=$1 out
    shift
    for kind in csv tsv jsonl; do
        regsweep run -q -y '*' -x '*' "$@" d.csv -o plain.$kind -f
        for out in a.$kind.gz a.$kind.zst; do
            regsweep run -q -j 1 -y '*' -x '*' "$@" d.csv -o $out -f
            regsweep run -q -j 3 -y '*' -x '*' "$@" d.csv -o b.${out#a.} -f
            cmp $out b.${out#a.}
        done
        gzip -dc a.$kind.gz | cmp - plain.$kind && zstd -qdc a.$kind.zst | cmp - plain.$kind &&
            echo "$name $kind: $(wc -l <plain.$kind) lines"
    done
    [ "$(stat -c %s a.csv.zst)" -lt $(($(stat -c %s plain.csv) / 2 + 60)) ] || echo "large: $name"
}
check all
check exact --engine exact -x c0:c5
check some --p-max 0.01
check best --top 50
check none --p-max 1e-300
regsweep run -q -y '*' -x '*' d.csv -o all.csv.zst
regsweep run -q -y '*' -x '*' d.csv -o all.csv.gz
regsweep describe -q all.csv.zst >zst && regsweep describe -q all.csv.gz | cmp - zst
head -n 3 zst | cut -c 1-30
od -A n -t x1 -N 8 all.csv.gz
# the name says nothing else; standard output is never compressed
regsweep run -q -y c1 -x c2 --columns y,x,n d.csv -o x.zst && zstd -qdc x.zst
regsweep run -q -y c1 -x c2 --columns y,x,n d.csv --format csv
# the plan knows what compression makes of the rows, to a tenth
regsweep run -q -y '*' -x '*' d.csv -o plan.csv.gz
regsweep run -n -y '*' -x '*' d.csv -o plan2.csv.gz |
    awk -v n="$(stat -c %s plan.csv.gz)" '/^output/ {
        got = $4 * ($5 == "KiB" ? 1024 : $5 == "MiB" ? 1048576 : 1)
        print (got > 0.9 * n && got < 1.1 * n ? "size as planned" : got " for " n)
    }'
mkfifo pipe.csv.gz; gzip -dc <pipe.csv.gz & regsweep run -q -y c1 -x c2 --columns y,x,n d.csv -o pipe.csv.gz; wait
