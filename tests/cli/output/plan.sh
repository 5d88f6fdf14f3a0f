#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --dry-run is a plan: columns by name, levels, what is left out, what would
# become of an output that is there; nothing is touched.
awk 'BEGIN {
    printf "id"
    for (j = 1; j <= 14; j++) printf ",gene_%d", j
    print ",sex,site,w,x1,x2"
    for (i = 1; i <= 40; i++) {
        printf "s%d", i
        for (j = 1; j <= 14; j++) printf ",%d", (i * j * 7919) % 101
        printf ",%s,%s,%d,%d,%d\n", i % 2 ? "F" : "M", "ABC" ? substr("ABC", i % 3 + 1, 1) : "", i % 5 + 1, i * i % 37, i * 3 % 29
    }
}' >d.csv
plan() {
    regsweep run -n d.csv "$@" | sed -E 's/^(memory|time|disk) .*/\1/; s/about [0-9.]+ (bytes|[KM]iB)/about SIZE/; s/ of [0-9]+: there/ of N: there/'
}
plan -y 'gene_*' -x x1,x2 -c sex -g site -w w -o o.csv
plan -y 'gene_*' -x x1 -v -o o.csv | grep -A3 '^dependent'
ls
echo "what is there:"
regsweep run -q d.csv -y gene_1 -x x1 -o o.csv
regsweep run -q d.csv -y gene_1 -x x1 -o o.db
cp o.csv before.csv
plan -y gene_1 -x x1 -o o.csv | grep -A1 '^output'
plan -y gene_1 -x x1 -o o.csv --force | grep -A1 '^output'
plan -y gene_1 -x x1 -o o.db | grep -A1 '^output'
plan -y gene_1 -x x1 -o o.db --append | grep -A1 '^output'
plan -y gene_1 -x x1 -o no/folder/o.csv.gz | grep -A1 '^output'
plan -y gene_1 -x x1 -o postgresql://me:geheim@127.0.0.1:1/lab | grep '^output'
cmp o.csv before.csv
sqlite3 o.db 'SELECT count(*) FROM runs'
ls
echo "== long notes are broken"
printf '#chr\tstart\tend\tgene_id\tk1\tk2\tk3\nc1\t1\t2\tGENE1\t1\t2\t4\n' >expression.bed
printf 'IID,age\nk1,30\nk2,41\nk3,55\n' >people.csv
regsweep run --dry-run people.csv --transposed expression.bed --key IID -y GENE1 -x age | grep -A 1 '^note.*BED'
