#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# FILE.partial is written to where a run has left it, and nowhere else; what is
# read is never written to; a file that --force replaces keeps its mode.
umask 022
printf 'a,b\n1,2\n2,1\n3,5\n4,4\n' >d.csv
echo b >list
set -- regsweep run -q -y a --columns y,x,n
for out in o.csv o.csv.gz o.jsonl; do
    echo precious >victim
    ln -s victim $out.partial
    "$@" -x b d.csv -o $out; echo "symbolic link: $?"
    "$@" -x b d.csv -o $out -f; echo "with --force: $?"
    rm $out.partial
    ln victim $out.partial
    "$@" -x b d.csv -o $out; echo "hard link: $?"
    rm $out.partial
    mkdir $out.partial
    "$@" -x b d.csv -o $out; echo "folder: $?"
    rmdir $out.partial
    mkfifo $out.partial
    "$@" -x b d.csv -o $out; echo "pipe: $?"
    rm $out.partial
    cat victim
done
ln -s victim o.npy.partial
regsweep run -q -y a -x b --columns p d.csv -o o.npy; echo "matrix: $?"
cat victim
ls o.*

cp d.csv in.csv.partial
"$@" -x b in.csv.partial -o in.csv; echo "input = FILE.partial: $?"
cp d.csv in.csv
"$@" -x b - -f -o in.csv <in.csv; echo "standard input = FILE: $?"
"$@" -x b /dev/stdin -f -o in.csv <in.csv; echo "/dev/stdin = FILE: $?"
"$@" -x b - -f -o in2.csv <in.csv; echo "another FILE: $?"
"$@" -x b - <in.csv >>in.csv; echo "standard output = input: $?"
"$@" -x @list d.csv -f -o list; echo "list = FILE: $?"
ln list 'list,2.csv'
"$@" -x '@list\,2.csv' d.csv -f -o list; echo "list by another name = FILE: $?"
"$@" -x b -c '#2,@list' d.csv -f -o 'list,2.csv'; echo "second list = FILE: $?"
mv list list.csv.partial
"$@" -x @list.csv.partial d.csv -o list.csv; echo "list = FILE.partial: $?"
cp d.csv x.db-journal
"$@" -x b x.db-journal -o x.db; echo "journal of a database: $?"
: >empty.db
"$@" -x @empty.db -c b d.csv -f -o empty.db; echo "list = database: $?"
"$@" -x b d.csv -o in.csv.gz; echo "no input at all: $?"
for file in in.csv in.csv.partial x.db-journal; do
    cmp d.csv $file
done
cat list.csv.partial

for mode in 600 640 444 755; do
    echo old >old.csv
    chmod $mode old.csv
    "$@" -x b d.csv -o old.csv -f; echo "$?, $(stat -c %a old.csv)"
    rm -f old.csv
done
echo left >new.csv.partial
"$@" -x b d.csv -o new.csv; echo "a rest of an earlier run: $?, $(stat -c %a new.csv)"
cat new.csv
