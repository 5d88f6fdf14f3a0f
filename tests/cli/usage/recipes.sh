#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command under EXAMPLES of the man page runs as it stands there, on tables
# with the columns that it names. Those of a server and of the clock are left out.
cp "$EXAMPLES/air.csv" .
cp "$EXAMPLES/titanic.csv" table.csv
awk 'function u() { seed = seed * 16807 % 2147483647; return seed / 2147483647 }
    BEGIN {
        seed = 5
        split("north south west", regions); split("F M", sexes)
        print "score,diet_fat,diet_salt,age,sex,region,year,household,income,bmi,lab_iron,w_exam,w_lab,town"
        for (i = 0; i < 240; i++)
            printf "%.3f,%.2f,%.2f,%d,%s,%s,%d,h%d,%d,%.1f,%.1f,%d,%d,%d\n", u(), u(), u(), 18 + 50 * u(),
                sexes[1 + int(2 * u())], regions[1 + i % 3], 2020 + i % 2, i / 2, 100 * u(), 20 + 9 * u(), u(),
                1 + 9 * u(), 1 + 9 * u(), i % 8
    }' >survey.csv
awk 'function u() { seed = seed * 16807 % 2147483647; return seed / 2147483647 }
    BEGIN {
        seed = 7
        print "gene1,gene2,gene3,snp1,snp2,snp3"
        for (i = 0; i < 50; i++) {
            s = int(3 * u())
            printf "%.3f,%.3f,%.3f,%d,%d,%d\n", s + u(), u(), u(), s, 3 * u(), 3 * u()
        }
    }' >omics.csv
sed -n '/^\.SH EXAMPLES/,/^\.SH LIBRARY/p' "$(dirname "$(command -v regsweep)")/man/regsweep.1" |
    sed -n '/^\.nf/,/^\.fi/{/^\./!p}' |
    sed -e ':a;/\\e$/{N;s/\\e\n *//;ba}' | sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" |
    grep -v -e postgresql -e '^regsweep bench' >commands
while read -r command; do
    bash -c "${command/regsweep run/regsweep run -q}" >out 2>err </dev/null ||
        echo "failed: $(head -n 1 err)"
    echo "$(wc -l <out) lines: $command"
done <commands
