#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Columns of the files that stand on the line, wherever an argument names some.
cat >d.csv <<'END'
Age,Body Mass,it's,"comma,name",Größe,"say ""hi""",BMI
1,2,3,4,5,6,7
END
printf 'a;Weight\n1,5;2\n' >semi.csv
printf '# by hand\ntitle\nHeight,Sex\n1,2\n' >head.csv
printf 'id,s1,s2\ngene_a,1,2\ngene_b,2,3\n' >genes.csv
gzip -c d.csv >d.csv.gz
xz -c d.csv >d.csv.xz
ask() { # SHELL BEFORE [BEHIND]
    echo "$1: $2|${3:-}"
    regsweep __complete "$1" "$2" "$2${3:-}" $' \t\n"'\''><=;|&(:' 2>&1 | sed 's/^/    /'
}
ask bash 'regsweep run d.csv -y '
ask bash 'regsweep run -x B' ' d.csv'
ask bash 'regsweep run d.csv.gz -y Age,B'
ask bash 'regsweep run d.csv.xz -c !B'
ask bash "regsweep run d.csv -y 'Age,Bod"
ask bash "regsweep run d.csv -y 'it"
ask bash 'regsweep run d.csv -y "say'
ask bash 'regsweep run d.csv -yAge,B'
ask bash 'regsweep run d.csv --dependent=B'
ask fish 'regsweep run d.csv -y Age,com'
ask zsh 'regsweep run d.csv -y Age,B'
ask bash 'regsweep run d.csv --factor G'
ask bash 'regsweep run d.csv --ref B'
ask bash 'regsweep run d.csv --ref=B'
ask bash 'regsweep run d.csv --ref B='
ask bash 'regsweep run d.csv --group Age,B'
ask bash 'regsweep run d.csv --weights-for B'
ask bash 'regsweep run d.csv --weights-for "A*=B'
ask bash 'regsweep run d.csv --model-set B'
ask bash 'regsweep run d.csv --model-set full:Age,B'
ask bash "regsweep run d.csv --transform 'log(B"
ask bash "regsweep run d.csv --transform 'zscore(log(Age,B"
ask bash "regsweep run d.csv --transform 'log(B)"
ask bash 'regsweep run d.csv --na B'
ask bash 'regsweep run d.csv --na=-9,B'
ask fish "regsweep run d.csv --where '"
ask fish "regsweep run d.csv --where 'Age > 3 and (B"
ask fish "regsweep run d.csv --where 'Age > 3 and \"B"
ask fish "regsweep run d.csv --where 'Age > B"
ask bash 'regsweep run d.csv genes.csv --key A'
ask bash 'regsweep run d.csv genes.csv --key Age=i'
ask bash 'regsweep run semi.csv -d semicolon --decimal , -y W'
ask bash 'regsweep run semi.csv -d ";" --no-header -y V'
ask bash 'regsweep run head.csv --skip 2 -y '
ask bash 'regsweep run --transpose genes.csv -y g'
ask bash 'regsweep run --transposed genes.csv d.csv -y g'
ask bash 'regsweep run --transposed genes.csv --name-column '
