#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the server or the tables refuse: one line, no password in it, and
# nothing is changed.
# shellcheck disable=SC2154,SC2034  # lib.sh has them
. "$(dirname "$0")/lib.sh"
have_server && new_cluster && start_server || exit 1
make_table 40 30 1
run=(regsweep run -q -y '*' -x '*' d.csv)
tables() {
    sql "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
}

# ---- tables that exist -----------------------------------------------------------
expect "first run" 0 '' "${run[@]}" -o "$url"
expect "tables exist" 1 "table 'fits' exists already; --append adds a run to it, --force replaces it" "${run[@]}" -o "$url"
expect "append" 0 '' "${run[@]}" -o "$url" --append
verdict "two runs" "$([ "$(sql 'SELECT count(*), count(DISTINCT (run_id, y, x)) FROM fits')" = '1740|1740' ] && echo 1 || echo 0)"
expect "append: a column more" 1 'column 11 is stat (double precision) there and ci_low (double precision) here' "${run[@]}" -o "$url" --append --columns +ci
expect "append: a column less" 1 'column 14 is status (text) there and model (text) here' "${run[@]}" -o "$url" --append --columns +model,-status
expect "append: the last column missing" 1 'column 14 is status (text) there and nothing' "${run[@]}" -o "$url" --append --columns=-status
verdict "still two runs" "$([ "$(sql 'SELECT count(*) FROM runs')" = 2 ] && echo 1 || echo 0)"
expect "force" 0 '' "${run[@]}" -o "$url" --force --columns +ci
verdict "one run" "$([ "$(sql 'SELECT count(*), max(run_id) FROM runs')" = '1|1' ] && echo 1 || echo 0)"
expect "append creates" 0 '' "${run[@]}" -o "$url" --append --table other
verdict "its tables" "$([ "$(tables)" = 'fits other other_runs runs' ] && echo 1 || echo 0)"
sql 'DROP TABLE other_runs'
expect "append: no runs" 1 "table 'other' exists without a table 'other_runs'" "${run[@]}" -o "$url" --append --table other
expect "force: not ours" 1 "'other' exists and is not a result of regsweep" "${run[@]}" -o "$url" --force --table other
sql 'CREATE TABLE mine (a int); CREATE TABLE mine_runs (run_id bigint, b text); CREATE VIEW seen AS SELECT 1 AS run_id'
expect "force: somebody's table" 1 "'mine' exists and is not a result" "${run[@]}" -o "$url" --force --table mine
expect "append: somebody's table" 1 "table 'mine' has other columns than this run: column 1 is a (integer) there and run_id (bigint) here" "${run[@]}" -o "$url" --append --table mine
expect "a view" 1 "'seen' exists" "${run[@]}" -o "$url" --table seen --force
sql 'CREATE VIEW on_fits AS SELECT y FROM fits'
expect "force: a view depends" 1 'SQLSTATE 2BP01' "${run[@]}" -o "$url" --force
verdict "nothing dropped" "$([ "$(tables)" = 'fits mine mine_runs other runs' ] && echo 1 || echo 0)"
sql 'DROP VIEW on_fits; CREATE TABLE terms (a int)'
expect "force: terms of somebody" 0 '' "${run[@]}" -o "$url" --force
verdict "terms are left" "$([ "$(tables)" = 'fits mine mine_runs other runs terms' ] && echo 1 || echo 0)"
sql 'DROP TABLE mine, mine_runs, other, terms'

# ---- schemas and names -----------------------------------------------------------
expect "no schema" 1 "there is no schema 'nowhere'" "${run[@]}" -o "$url" --table nowhere.fits
sql 'CREATE SCHEMA "a b"'
expect "schema" 0 '' "${run[@]}" -o "$url" --table 'a b.fits'
verdict "its rows" "$([ "$(sql 'SELECT count(*) FROM "a b".fits')" = 870 ] && echo 1 || echo 0)"
expect "schema: exists" 1 "table 'fits' exists already" "${run[@]}" -o "$url" --table 'a b.fits'
expect "name like a catalog's" 0 '' "${run[@]}" -o "$url" --table pg_class
verdict "its rows" "$([ "$(sql 'SELECT count(*) FROM public.pg_class')" = 870 ] && echo 1 || echo 0)"
sql 'DROP TABLE public.pg_class, public.pg_class_runs'
expect "longest name" 0 '' "${run[@]}" -o "$url" --table "$(printf 'n%.0s' {1..55})"
regsweep run -y '*' -x '*' d.csv -o "$url" --table "$(printf 'n%.0s' {1..56})" 2>err
verdict "name too long" "$(grep -c 'is longer than 55 bytes' err)"
regsweep run -y '*' -x '*' d.csv -o "$url" --table x. 2>err
verdict "half a name" "$(grep -c 'is not SCHEMA.NAME' err)"
printf 'y,caf\351\n1,2\n2,3\n4,1\n3,3\n' >latin.csv
for name in ctid xmin tableoid; do
    printf 'y,x,%s\n1,2,a\n2,3,b\n4,1,a\n3,3,b\n5,4,a\n1,1,b\n' $name >system.csv
    expect "groups by $name" 2 "column '$name' has the name of a system column" regsweep run -q -y y -x x -g $name system.csv -o "$url" --force
done
expect "groups by XMIN" 0 '' regsweep run -q -y y -x x -g XMIN <(sed 1s/tableoid/XMIN/ system.csv) -o "$url" --table system
verdict "indexes beside a group" "$([ "$(sql "SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'system'")" = 'system_p system_x system_y' ] && echo 1 || echo 0)"
expect "a list of columns" 0 '' regsweep run -q -y y -x x system.csv -o "$url" --table listed --columns y,x,p
sql 'ALTER TABLE listed DROP COLUMN level; ALTER TABLE listed DROP COLUMN df1'
expect "append: categories to a list" 0 '' regsweep run -q -y y -x tableoid,x --factor tableoid system.csv -o "$url" --table listed --columns y,x,p --append
verdict "columns of categories" "$([ "$(sql "SELECT string_agg(concat_ws(' ', run_id, x, level, reference, df1), ',' ORDER BY run_id, x) FROM listed")" = '1 x,2 tableoid b a 1,2 x 1' ] && echo 1 || echo 0)"
expect "names in Latin 1" 3 'is not valid UTF-8' regsweep run -q -y y -x '*' latin.csv -o "$url" --force
verdict "tables are left" "$([ "$(sql 'SELECT count(*) FROM fits')" = 870 ] && echo 1 || echo 0)"

# ---- rights ----------------------------------------------------------------------
sql "CREATE ROLE guest LOGIN; CREATE ROLE reader LOGIN; ALTER ROLE reader SET default_transaction_read_only = on;
     GRANT CREATE ON SCHEMA public TO reader; CREATE ROLE writer LOGIN; CREATE ROLE half LOGIN;
     GRANT SELECT, INSERT ON fits TO writer, half; GRANT SELECT, INSERT, UPDATE ON runs TO writer; GRANT SELECT, INSERT ON runs TO half"
as() { echo "${url/admin/$1}"; }
expect "no right to create" 1 'permission denied for schema public (SQLSTATE 42501)' "${run[@]}" -o "$(as guest)" --table t
expect "no right to drop" 1 'must be owner of table fits (SQLSTATE 42501)' "${run[@]}" -o "$(as guest)" --force
expect "no right to insert" 1 'permission denied for table fits (SQLSTATE 42501)' "${run[@]}" -o "$(as guest)" --append
expect "no right to update" 1 'permission denied for table runs (SQLSTATE 42501)' "${run[@]}" -o "$(as half)" --append
expect "read only" 1 'cannot execute CREATE TABLE in a read-only transaction (SQLSTATE 25006)' "${run[@]}" -o "$(as reader)" --table t
expect "just enough rights" 0 '' "${run[@]}" -o "$(as writer)" --append
verdict "no row of those refused" "$([ "$(sql 'SELECT count(*), bool_and(complete) FROM runs')" = '2|t' ] && echo 1 || echo 0)"
expect "no such role" 1 'role "nobody" does not exist' "${run[@]}" -o "$(as nobody)"
expect "no such database" 1 'database "none" does not exist' "${run[@]}" -o "${url/@\/postgres/@\/none}"
expect "no server" 1 'Connection refused\|No such file' "${run[@]}" -o "${url/socket/elsewhere}"

expect "durable" 0 '' "${run[@]}" -o "$url" --table durable --durable
expect "retry: no number" 2 "REGSWEEP_DB_RETRY: 'x' is not a number from 0 to 86400" env REGSWEEP_DB_RETRY=x "${run[@]}" -o "$url" --table t
expect "dry run" 0 '' "${run[@]}" -o "${url/socket/elsewhere}" --dry-run

# Refused in the middle of the run: a trigger stands for whatever it may be.
sql "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN IF NEW.x = 'c20' AND NEW.y = 'c150' THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END \$\$;
     CREATE TRIGGER no BEFORE INSERT ON fits FOR EACH ROW EXECUTE FUNCTION no()"
make_table 40 200 2
REGSWEEP_DB_BATCH=4000 expect "refused in the middle" 1 'not this one (SQLSTATE P0001); the database has the [0-9]* rows of the first [1-9][0-9]* tiles as run' "${run[@]}" -o "$url" --append
verdict "what was settled" "$([ "$(sql 'SELECT complete, ended IS NOT NULL, rows_written = (SELECT count(*) FROM fits f WHERE f.run_id = r.run_id) AND rows_written > 0 FROM runs r ORDER BY run_id DESC LIMIT 1')" = 'f|t|t' ] && echo 1 || echo 0)"
sql 'DROP TRIGGER no ON fits'
make_table 40 30 1

# ---- locks -----------------------------------------------------------------------
psql -qX "$url" -c 'BEGIN; LOCK TABLE fits; SELECT pg_sleep(30)' >/dev/null 2>&1 &
locker=$!
for ((i = 0; i < 100; i++)); do
    [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'fits'::regclass")" != 0 ] && break
    sleep 0.05
done
expect "locked" 1 'lock timeout (SQLSTATE 55P03)' "${run[@]}" -o "$url" --force
kill $locker
wait $locker 2>/dev/null
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK%'" >/dev/null

# ---- passwords -------------------------------------------------------------------
sql "CREATE ROLE known LOGIN PASSWORD 'geheim_17'; GRANT CREATE ON SCHEMA public TO known"
printf 'local all known scram-sha-256\nlocal all all trust\n' >data/pg_hba.conf
sql 'SELECT pg_reload_conf()' >/dev/null
with="postgresql://known:geheim_17@/postgres?host=$work/socket"
sleep 0.2
expect "password" 0 '' "${run[@]}" -o "$with" --table p
expect "a scheme in capitals" 0 '' "${run[@]}" -o "PostgreSQL${with#postgresql}" --table p6
verdict "it is not stored, either" "$(sql "SELECT count(*) FROM p6_runs WHERE command LIKE '%geheim%'" | grep -cx 0)"
verdict "it is not stored" "$(sql "SELECT count(*) FROM p_runs WHERE command LIKE '%geheim%'" | grep -cx 0)"
for wrong in "postgresql://known:geheim_18@/postgres?host=$work/socket" "postgresql:user=known password=geheim_18 host=$work/socket" \
    "postgresql:user=known password=geheim_18 host" "postgresql://known:geheim_18@x@/postgres" "postgresql://known:/geheim_18@/postgres" \
    "postgresql://known:geheim_18?@/postgres" "postgresql://known:geheim_18@[::/postgres" "postgresql://known:geheim_18%zz@/postgres" \
    "postgres://known@/postgres?password=geheim_18&host=$work/socket&nonsense=1" "$with&table" "PostgreSQL://known:geheim_18@x@/postgres" \
    "PostgreSQL://known:geheim_18@/postgres?host=$work/socket"; do
    regsweep run -q -y '*' -x '*' d.csv -o "$wrong" --table p2 2>err
    got=$?
    verdict "password is not shown: exit status $got: $(cat err)" "$([ $got -ne 0 ] && ! grep -q geheim err && [ -s err ] && echo 1 || echo 0)"
done
PGPASSWORD=geheim_17 expect "PGPASSWORD" 0 '' "${run[@]}" -o "${with/:geheim_17/}" --table p3
printf '*:*:*:known:geheim_17\n' >pass
chmod 600 pass
PGPASSFILE=$work/pass expect "password file" 0 '' "${run[@]}" -o "${with/:geheim_17/}" --table p4
expect "no password" 1 'no password supplied' "${run[@]}" -o "${with/:geheim_17/}" --table p5
# ---- rows that do not arrive -----------------------------------------------------
sql "DROP TABLE IF EXISTS fits, runs, terms; CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF new.x = ''c7'' THEN RETURN NULL; END IF; RETURN new; END'"
expect "before the trigger" 0 '' "${run[@]}" -o "$url"
sql 'CREATE TRIGGER ignore BEFORE INSERT ON fits FOR EACH ROW EXECUTE FUNCTION ignore()'
expect "a trigger ignores rows" 1 "table 'fits' has taken 841 of 870 rows; has it a trigger?" "${run[@]}" -o "$url" --append
verdict "nothing of them is there" "$([ "$(sql 'SELECT count(*), (SELECT count(*) FROM runs WHERE complete) FROM fits')" = '870|1' ] && echo 1 || echo 0)"
sql 'DROP TABLE fits, runs'
finish
