#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Groups in the order of their levels, numbers by value; rows without one are
# counted; a text with a comma is quoted, and JSON has it escaped.
printf 'site,arm,y,x,z\n10,"a, b",1,2,5\n9,c,2,1,4\n10,"a, b",3,5,1\n9,c,1,7,2\n10,"a, b",4,4,3\n,c,5,5,5\n9,c,6,2,7\n10,c,1,1,1\n' >d.csv
regsweep run d.csv -y y -g site,arm --columns y,x,n,beta,status --digits 4
regsweep run -q d.csv -y y -g arm --columns y,x,n,beta --digits 4 --format jsonl
regsweep run -q d.csv -y y -g site --columns y,x,n,beta --rows terms --digits 4 -x x
regsweep run -q d.csv -y y -x x -g site --missing listwise -o r.db --rows both
sqlite3 r.db "select sql from sqlite_master where name in ('fits', 'terms'); select site, y, x, n from fits"
regsweep run -q d.csv -y y -x z -g site -o r.db --append && sqlite3 r.db "select run_id, site, x from fits"
regsweep run d.csv -y y -g site -n | sed -n 5,6p
