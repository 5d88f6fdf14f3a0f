#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Names with blanks, brackets and bars, in every kind of output; a table of one
# style takes no rows of another.
printf 'y,x,z\n1,2,4\n2,3,3\n4,5,1\n3,7,2\n5,6,8\n' >d.csv
for style in statsmodels fixest; do
    for format in tsv jsonl excel; do
        regsweep run -q -y y -x x --naming $style --digits 3 --format $format d.csv
    done
    regsweep run -q -y y -x x --naming $style d.csv -o $style.db
    regsweep run -q -y y -x z --naming $style d.csv -o $style.db --append
    sqlite3 -header $style.db 'SELECT * FROM fits' | sed 's/\(0\.[0-9]\{4\}\)[0-9]*/\1/g'
done
regsweep run -q -y y -x z d.csv -o fixest.db --append
echo "$?"
regsweep run -q -y y -x z d.csv --naming limma -o l.npy --columns beta
# a column of the input that is called as one of theirs
sed '1s/z/AveExpr/' d.csv >l.csv
regsweep run -q -y y -x x -g AveExpr l.csv --naming limma
echo "$?"
regsweep run -q -y y -x x -g AveExpr l.csv | head -n 1
