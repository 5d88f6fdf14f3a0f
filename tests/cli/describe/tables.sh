#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Files that are joined, and those with a variable a line; the sweep that is
# offered reads them in the same way, and works.
printf 'id,y\na,1.5\nb,2.5\nc,3.1\nd,2.2\ne,5\n' >pheno.csv
printf 'name;a;b;c;d;e\nrs1;0;1;2;NA;1\nrs2;1;1;0;2;0\n' >geno.txt
regsweep describe pheno.csv --transposed geno.txt --key id
regsweep describe geno.txt --transpose -d ';'
regsweep describe geno.txt --transpose -d ';' | tail -1 >next
# shellcheck disable=SC1090
. <(sed 's/$/ -q --columns y,x,n/' next)
