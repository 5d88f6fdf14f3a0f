#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a database holds is what the CSV says: row for row, bit for bit, and
# names byte for byte.
# shellcheck disable=SC2154,SC2034  # lib.sh has them
. "$(dirname "$0")/lib.sh"
if ! have_server || ! new_cluster; then
    skip "no PostgreSQL server to be had"
    finish
    exit
fi
start_server || exit 1

compare() { # NAME OPTIONS...
    local name=$1 columns
    shift
    regsweep run -q "$@" d.csv -o ref.csv -f
    drop_all
    regsweep run -q "$@" d.csv -o "$url" 2>err
    columns=$(head -n 1 ref.csv)
    dump 1 "$columns" >got.csv
    verdict "$name: $(cat err)" "$(same got.csv ref.csv && echo 1 || echo 0)"
    verdict "$name: runs" "$(sql "SELECT complete AND rows_written = $(($(wc -l <ref.csv) - 1)) AND ended >= started FROM runs" | grep -c t)"
}

make_table 60 40 1
compare "plain" -y '*' -x '*'
compare "one worker" -j 1 -y '*' -x '*'
compare "covariates, all columns" -y '*' -x '*' -c c1,c2 --columns all
compare "exact engine" --engine exact -y 'c1:c9' -x '*'
compare "kept" -y '*' -x '*' --p-max 0.05
compare "best" -y '*' -x '*' --top 25
compare "best of each" -y '*' -x '*' --top-per-y 3
compare "nothing kept" -y '*' -x '*' --p-max 1e-300
REGSWEEP_DB_BATCH=1000 compare "many batches" -y '*' -x '*'
# names with blanks, brackets and bars, and a table that is appended to
for style in broom plink limma matrixeqtl regenie statsmodels fixest; do
    regsweep run -q -y c1:c3 -x '*' --naming $style --adjust bh d.csv -o ref.csv -f
    drop_all
    for append in '' --append; do # shellcheck disable=SC2086
        regsweep run -q -y c1:c3 -x '*' --naming $style --adjust bh d.csv -o "$url" $append 2>err
    done
    dump 2 "$(head -n 1 ref.csv | sed 's/[^,]*/"&"/g')" >got.csv
    verdict "--naming $style: $(cat err)" "$(same got.csv ref.csv && head -n 1 ref.csv | cmp -s - <(head -n 1 got.csv) && echo 1 || echo 0)"
done

# numbers of every kind, and none
awk 'BEGIN {
    print "a,b,constant,double,gaps,huge,infinite,tiny"
    for (i = 1; i <= 30; i++)
        printf "%d,%.17g,7,%d,%s,%.17ge300,%s,%.17ge-300\n", i, sin(i) / 3, 2 * i, i % 3 ? "" : i * i,
            cos(i), i == 5 ? "inf" : i, sin(i * i)
}' >d.csv
compare "numbers that are not available" -y '*' -x '*' --columns all
verdict "NULL" "$(sql 'SELECT count(*) > 0 FROM fits WHERE se IS NULL AND status = $$perfect_fit$$' | grep -c t)"
verdict "counts by status" "$(sql 'SELECT (SELECT count(*) FROM fits WHERE status = $$constant_x$$) = constant_x AND (SELECT count(*) FROM fits WHERE status = $$ok$$) = ok AND pairs = (SELECT count(*) FROM fits) FROM runs' | grep -c t)"
verdict "indexes" "$(sql 'SELECT count(*) FROM pg_indexes WHERE indexname IN ($$fits_y$$, $$fits_x$$, $$fits_p$$)' | grep -c 3)"

# ---- a table of an earlier version ------------------------------------------------
printf 'y,x,z,c\n1,2,4,2\n2,3,1,4\n5,1,1,10\n3,3,2,6\n' >d.csv
drop_all
regsweep run -q d.csv -y y -x x -o "$url" 2>err
sql 'ALTER TABLE runs DROP COLUMN y_explained' >>err
for i in 2 3; do
    regsweep run -q d.csv -y y -x x,z -c c -o "$url" --append 2>>err
done
verdict "appended to an earlier version: $(cat err)" \
    "$(sql 'SELECT string_agg(run_id || $$ $$ || ok || $$ $$ || y_explained || $$ $$ || complete, $$,$$ ORDER BY run_id) FROM runs' | grep -cx '1 1 0 true,2 0 2 true,3 0 2 true')"
sql 'ALTER TABLE runs DROP COLUMN y_explained' >>err
regsweep run -q d.csv -y y -x x,z -c c -o "$url" --force 2>>err
verdict "an earlier version replaced: $(cat err)" "$(sql 'SELECT count(*) || $$ $$ || sum(y_explained) FROM runs' | grep -cx '1 2')"
sql 'ALTER TABLE runs DROP COLUMN perfect_fit' >>err
expect "append: a column is gone" 1 "table 'runs' has other columns than this run: column 19 is non_finite (bigint) there and perfect_fit (bigint) here" \
    regsweep run -q d.csv -y y -x x -o "$url" --append

# ---- names are data ------------------------------------------------------------
python3 "$here/names.py" make
drop_all
regsweep run -q -y '@y.txt' -x '*' names.csv -o "$url" 2>err
verdict "hostile names: $(cat err)" "$([ ! -s err ] && echo 1 || echo 0)"
psql -qX "$url" -c "COPY (SELECT encode(convert_to(x, 'UTF8'), 'hex') FROM fits WHERE y = 'y' ORDER BY ctid) TO STDOUT" >hex
while read -r line; do
    case $line in
    *' passed') passed=$((passed + ${line%% *})) ;;
    *) verdict "$line" 0 ;;
    esac
done < <(python3 "$here/names.py" check hex)
verdict "tables are as they were" "$([ "$(sql "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")" = 'fits runs' ] && echo 1 || echo 0)"
hostile='a"; DROP TABLE runs; --'
regsweep run -q -y '@y.txt' -x '*' names.csv -o "$url" --table "$hostile" 2>err
verdict "hostile table: $(cat err)" "$([ "$(sql 'SELECT count(*) FROM "a""; DROP TABLE runs; --"')" = "$(sql 'SELECT count(*) FROM fits')" ] && echo 1 || echo 0)"

# ---- a sink with both tables, used directly -------------------------------------
if REGSWEEP_TEST_DB=$url unit postgres postgres_server >unit 2>&1; then
    verdict "pairs and terms" 1
else
    verdict "pairs and terms: $(cat unit)" 0
fi
finish
