#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The server's disk is full: the run fails with the server's reason, what was
# settled stays.
# shellcheck disable=SC2154,SC2034  # lib.sh has them
. "$(dirname "$0")/lib.sh"
have_server || exit 1
mkdir space
if [ "$(id -u)" -ne 0 ] || ! unshare -m mount -t tmpfs -o size=8m tmpfs space 2>/dev/null; then
    skip "no small disk to be had (mount needs root)"
    finish
    exit
fi
new_cluster || exit 1
# a mount that the server alone sees
owner=$(id -u "$account") unshare -m sh -c 'mount -t tmpfs -o size=8m,mode=700,uid=$owner tmpfs space && exec "$@"' sh \
    "${as_server[@]}" "$programs/postgres" -D "$work/data" -k "$work/socket" -c listen_addresses= -c fsync=off >server.log 2>&1 &
server=$!
wait_server || exit 1
sql "CREATE TABLESPACE small LOCATION '$work/space'"
sql "ALTER DATABASE postgres SET default_tablespace = small"
make_table 40 400 1
regsweep run -q -y '*' -x '*' d.csv -o ref.csv
export REGSWEEP_DB_BATCH=1000000
expect "full disk" 1 'No space left on device (SQLSTATE 53100); the database has the [1-9][0-9]* rows' regsweep run -q -y '*' -x '*' d.csv -o "$url"
dump >got.csv
n=$(python3 "$here/same.py" got.csv ref.csv prefix)
verdict "what was settled" "$([ "$(sql 'SELECT rows_written, complete, ended IS NOT NULL FROM runs')" = "$n|f|t" ] && echo 1 || echo 0)"
finish
