#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'site,p,y,x,Beta\na,1,1,2,3\na,1,3,5,4\nb,2,4,4,4\n' >d.csv
regsweep run d.csv -y y -x x -g p; echo "$?"
regsweep run d.csv -y y -x x -g Beta; echo "$?"
regsweep run d.csv -y y -x x,site -g site; echo "$?"
regsweep run d.csv -y y -x x -g nosuch; echo "$?"
regsweep run d.csv -y y -x x -g site -o m.npy; echo "$?"
regsweep run d.csv -y y -x x -c site -g site; echo "$?"
regsweep run d.csv -y y -x x -g p --naming plink; echo "$?"
printf 'g,y,x\n,1,2\n,3,4\n' >none.csv
regsweep run none.csv -y y -x x -g g; echo "$?"
printf 'set,y,x,c\na,1,2,3\na,3,5,4\nb,4,4,4\n' >set.csv
regsweep run set.csv -y y -x x -g set --model-set 'a: c' --model-set 'b:'; echo "$?"
printf 'RowID,y,x\na,1,2\na,3,5\na,4,4\n' >rowid.csv
regsweep run rowid.csv -y y -x x -g RowID -o r.db; echo "$?"
regsweep run - -y y -x x -g RowID -o r.db <rowid.csv; echo "$?"
