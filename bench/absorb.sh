#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: absorb.sh BUILD - covariates of many levels, 10 dependents by 10
# independents: whole processes against the same without that covariate, in
# turn, in one run (medians, ROUNDS=5); seconds and memory of large tables.
set -eu
# shellcheck source=bench/lib.sh
. "$(dirname "$0")/lib.sh"

whole() { # INTO OPTION...: seconds of the process
    local into=$1 begin=$EPOCHREALTIME
    shift
    "$regsweep" run -q -o out.csv --force -y c1:c10 -x c11:c20 "$@"
    awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN {print b - a}' >>"$into"
}
# ROWS MISSING LEVELS...: 20 columns, a numeric covariate c21, factors f1, f2.
# A level that begins with ~ follows the one before it, but for one row in
# 2000: two factors that hang together by single rows.
table() {
    local rows=$1 missing=$2
    shift 2
    "$build/bench/make_table" "$rows" 20 8 1 scattered="$missing" >values
    "$build/bench/make_table" "$rows" 1 8 2 | sed '1s/.*/c21/' >covariate
    awk -v rows="$rows" -v sizes="$*" 'BEGIN {
        n = split(sizes, size, " ")
        srand(7)
        for (k = 1; k <= n; k++) printf "f%d%s", k, k < n ? "," : "\n"
        for (i = 0; i < rows; i++) {
            for (k = 1; k <= n; k++) {
                most = size[k]
                level = int(rand() * most)
                if (sub("~", "", most)) {
                    level = int(before * most)
                    if (i % 2000 == 0 && level + 1 < most) level++
                }
                before = level / most
                printf "L%d%s", level, k < n ? "," : "\n"
            }
        }
    }' >factors
    paste -d, values covariate factors
}

table 5000 0.02 365 >t.csv
table 300000 0 30000 >one.csv
table 300000 0 30000 100 >two.csv
table 300000 0 30000 '~100' >weak.csv
for ((i = 0; i < rounds; i++)); do
    whole few.without t.csv -c c21
    whole few t.csv -c c21,f1
    whole one.without one.csv -c c21
    whole one one.csv -c c21,f1
    whole two two.csv -c c21,f1,f2
    whole weak weak.csv -c c21,f1,f2
done
echo "5000 rows, a factor of 365 levels, 2 % of cells missing: $(ratio few few.without) x the time without it ($(median <few) s, $(median <few.without) s)"
echo "300,000 rows, a factor of 30,000 levels: $(median <one) s ($(median <one.without) s without it)"
echo "300,000 rows, two factors of 30,000 and 100 levels: $(median <two) s; hanging together by single rows: $(median <weak) s"
for table in one two; do
    "$regsweep" run -q -o out.csv --force -y c1:c10 -x c11:c20 \
        "$table.csv" -c "c21,f1$([ $table = one ] || echo ,f2)" &
    pid=$!
    while kill -0 $pid 2>/dev/null; do
        memory $pid
        sleep 0.01
    done >kilobytes
    wait $pid
    sort -g kilobytes | tail -n 1 |
        awk -v what="$table" '{printf "  %s: at most %.0f MiB in all processes\n", what, $1 / 1024}'
done
