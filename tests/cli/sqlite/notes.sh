#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The hash is that of the bytes, however they come; passwords are not kept.
printf "y,x\n1,2\n2,3\n5,1\n" >d.csv
printf "y,x\n1,2\n2,3\n5,1\n" >same.csv
printf "y,x\n1,2\n2,3\n5,2\n" >other.csv
gzip -n -k d.csv
printf 'id,a\n1,5\n2,1\n3,1\n' >k1.csv
printf 'id,b\n1,5\n2,1\n3,2\n' >k2.csv
regsweep run -q -y y -x x d.csv -o n.db
regsweep run -q -y y -x x same.csv -o n.db --append
regsweep run -q -y y -x x other.csv -o n.db --append
regsweep run -q -y y -x x - -o n.db --append <d.csv
cat d.csv | regsweep run -q -y y -x x - -o n.db --append
regsweep run -q -y y -x x d.csv.gz -o n.db --append
regsweep run -q -y a -x b --key id k1.csv k2.csv -o n.db --append
regsweep run -q -y y -x x d.csv -o sqlite:n.db --append --na 'NA,postgresql://me:geheim@host/db?password=geheim,password = geheim'
sqlite3 -header n.db 'SELECT run_id, input, input_hash FROM runs'
sqlite3 n.db 'SELECT command FROM runs WHERE run_id = 8'
grep -q geheim n.db || echo hidden
