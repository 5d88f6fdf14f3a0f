#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What names a database; names that SQLite itself would take for another thing.
printf "y,x\n1,2\n2,3\n5,1\n" >d.csv
for output in x.db x.sqlite x.sqlite3 sqlite:x sqlite::memory: 'file:y.db?mode=memory' sqlite:; do
    regsweep run -q -y y -x x d.csv -o "$output"
    echo "$output $?"
done
regsweep run -q -y y -x x d.csv -o any --format sqlite
regsweep run -q -y y -x x d.csv --format sqlite
regsweep run -q -y y -x x d.csv -o z.db --dry-run >plan
for file in *; do
    [ "$(head -c 15 "$file")" != "SQLite format 3" ] || sqlite3 "./$file" "SELECT y, x FROM fits"
done
ls
