#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A name that no column has: what the header is, and what may be the cause.
printf 'Age,Gender,wellbeing, BMI\n1,2,3,4\n2,3,4,5\n5,3,1,2\n7,8,1,1\n' >t.csv
run() { regsweep run "$@" 2>&1 | head -n 1; }
run t.csv -y y
run t.csv -y age
run t.csv -y BMI
run t.csv -y wellbing
run t.csv -y wellbeing -x 'Ag?s'
run t.csv -y wellbeing -x 'AG*'
run t.csv -y wellbeing --ref Sex=2 --factor Gender
run t.csv -d ';' -y wellbeing
tr , ';' <t.csv >semicolons.csv
run semicolons.csv -d , -y wellbeing
sed 1d t.csv >headless.csv
run headless.csv -y wellbeing
run t.csv --no-header -y wellbeing
(seq -f 'a_rather_long_name_%g' 100 | paste -sd,; seq 100 | paste -sd,) >wide.csv
run wide.csv -y wellbeing
run t.csv t.csv --key id -y wellbeing
touch list
run t.csv -y wellbeing -x list
printf 'gene,s1,s2,s3\nBRCA1,1,2,3\n"TP53",2,3,4\n' >genes.csv
run genes.csv -y BRCA1 -x TP53
(echo '# by hand'; cat t.csv) >comment.csv
run comment.csv -y wellbeing
tr , ' ' <t.csv >blanks.txt
run blanks.txt -y wellbeing
run t.csv -y wellbeing -c age+Gender
run t.csv -y wellbeing -c 'Age; BMI'
run t.csv -y 'log(wellbeing)' -x Age
run t.csv -y wellbeing -x Age -c 'factor(Gender)'
