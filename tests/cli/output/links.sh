#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a link leads to is written, and never an input.
printf 'a,b\n1,2\n2,5\n3,5\n4,9\n' >t.csv
cp t.csv kept.csv
ln -s t.csv again.csv
set -- regsweep run -q t.csv -y b -x a --columns n
for out in t.csv again.csv; do
    "$@" -o $out -f || echo $?
done
cmp t.csv kept.csv
"$@" -o '' || echo $?
echo old >real.csv
ln -s real.csv link.csv
ln -s nowhere.csv dangling.csv
"$@" -o link.csv || echo $?
"$@" -o link.csv -f
cat real.csv
"$@" -o dangling.csv || echo $?
"$@" -o /dev/stdout
"$@" -o /dev/fd/1 >file
cat file
"$@" -o sqlite:/dev/stdout || echo $?
"$@" -o >(cat >piped)
for ((i = 0; i < 100; i++)); do
    [ ! -s piped ] || break
    sleep 0.05
done
cat piped
find . -type l | sort
