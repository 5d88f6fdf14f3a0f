#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Words that are no files: pieces of lists and patterns, name=value, a file
# misspelt. The first line of what is said.
printf 'Age,Gender,wellbeing,diet_a\n1,2,3,4\n2,3,4,5\n5,3,1,2\n7,8,1,1\n' >survey.csv
cp survey.csv diet_1.csv
cp survey.csv diet_2.csv
mkdir sub
run() {
    regsweep run "$@" 2>&1 | head -n 1
    echo "exit ${PIPESTATUS[0]}"
}
run survey.csv -y wellbeing -c Age Gender
run survey.csv -y wellbeing -c Age, Gender diet_a
run -y wellbeing -x 'diet_*' -c Age Gender survey.csv
run survey.csv -y wellbeing --where Age is present
run survey.csv -y wellbeing --adjust bh holm
run survey.csv -y wellbeing --jobs 2 4
run survey.csv wellbeing -x Age
run -y wellbeing Gender
# shellcheck disable=SC2035  # what a shell makes of a pattern
run survey.csv -y wellbeing -x diet_*
run survey.csv -y wellbeing -x diet_1*
run survey.csv -y=wellbeing
run survey.csv y=wellbeing
run survey.csv jobs=4
run survy.csv -y wellbeing
run survey -y wellbeing
run sub/../survy.csv -y wellbeing
run other.csv -y wellbeing
run survey.csv other.csv -y wellbeing --key Age
run survey.csv –y wellbeing
run survey.csv —dry-run
# a list in quotes may have blanks
regsweep run survey.csv -y ' wellbeing' -x 'Age, Gender , !Age' -q --columns 'y, x, n'
