#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A database is told by its scheme, in letters of either case; no other URL is
# written to, and no message shows a password.
printf 'a,b\n1,2\n2,1\n3,5\n' >d.csv
for out in 'mysql://u:geheim@h/db' 'HTTPS://u:geheim@h/x.csv' 's3://bucket/x.csv' 'file:///tmp/x.csv' 'postgres+ssl://u:geheim@h/db' \
    ' postgresql://u:geheim@h/db'; do
    regsweep run -q -y a d.csv -o "$out"; echo $?
done
regsweep run -q -y a 'postgresql://u:geheim@h/db'; echo $?
regsweep run -q -y a 'postgresql:host=h password=geheim'; echo $?
regsweep run -q -y a -c @postgresql://u:geheim@h/db d.csv; echo $?
regsweep 'postgresql://u:geheim@h/db'; echo $?
for out in 'PostgreSQL://u:geheim@127.0.0.1:1/db' 'POSTGRES:host=127.0.0.1 port=1 password=geheim' 'PostgreSQL://u:ge@heim@h/db' \
    'Postgres://u:geheim@h/db?nonsense=1'; do
    REGSWEEP_DB_RETRY=0 regsweep run -q -y a d.csv -o "$out" 2>err
    echo "$(($? != 0)), $(grep -c heim err)" # with or without libpq
    REGSWEEP_DB_RETRY=0 regsweep run -q -y a d.csv -o "$out" --format csv 2>err
    echo "$?, $(grep -c heim err)"
done
regsweep run -q -y a d.csv -o SQLite:x.db; echo $?
regsweep run -q -y a d.csv -o "sqlite://$PWD/y.db"; echo $?
ls
