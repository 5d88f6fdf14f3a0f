#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A fault in a record names its field.
printf 'id,Diabetes\n1,Yes\n2,N"o\n' >stray.csv
printf 'id,Diabetes\n1,Yes\n2,"No"!\n' >behind.csv
printf 'id,Diabetes\n1,Yes\n2,"No\n' >open.csv
printf 'id,Dia"betes\n1,Yes\n' >header.csv
printf 'id,Diabetes,id\n1,2,3\n' >twice.csv
for file in stray behind open header twice; do
    regsweep run $file.csv -y id
done 2>&1 | grep -v try
