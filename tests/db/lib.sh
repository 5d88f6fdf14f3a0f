# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the database scripts: a private server that only a socket in a
# temporary folder reaches, tables, and counting.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
here=$PWD/tests/db
build=$PWD/build/${VARIANT:-release}
PATH=$build:$PATH
unset "${!PG@}"
export LC_ALL=C
work=$(mktemp -d)
chmod 755 "$work"
cd "$work" || exit 1
passed=0 failed=0 skipped=0
server= # process id

verdict() { # NAME OK(0/1)
    if [ "$2" -eq 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
    fi
}

expect() { # NAME STATUS PATTERN COMMAND...: exit status, the one message
    local name=$1 want=$2 pattern=$3 got
    shift 3
    "$@" >out 2>err
    got=$?
    if [ "$got" -eq "$want" ] && if [ -n "$pattern" ]; then
        grep -q -- "$pattern" err && [ "$(grep -vc "^regsweep: try " err)" -eq 1 ]
    else
        [ ! -s err ]
    fi; then
        verdict "$name" 1
    else
        verdict "$name: exit status $got: $(cat err)" 0
    fi
}

skip() { # REASON
    echo "SKIP: $1"
    skipped=$((skipped + 1))
}

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

# ---- the server -------------------------------------------------------------

programs=$(find /usr/lib/postgresql/*/bin -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb || echo none/none)")

# The server refuses to run as root.
as_server=()
if [ "$(id -u)" -eq 0 ]; then
    account=nobody
    ! id postgres >/dev/null 2>&1 || account=postgres
    as_server=(setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups)
fi

have_server() {
    [ -x "$programs/initdb" ] && [ -x "$programs/postgres" ] && command -v psql >/dev/null
}

new_cluster() {
    mkdir -p data socket
    chmod 700 data
    [ "$(id -u)" -ne 0 ] || chown "$account" data socket
    "${as_server[@]}" "$programs/initdb" -D "$work/data" -U admin -A trust -E UTF8 \
        --no-locale --no-sync >initdb.log 2>&1
}

# What is asked for is not durability, but what survives when the server dies.
start_server() {
    "${as_server[@]}" "$programs/postgres" -D "$work/data" -k "$work/socket" \
        -c listen_addresses= -c fsync=off -c max_connections=20 \
        -c autovacuum=off >>server.log 2>&1 &
    server=$!
    wait_server
}

wait_server() {
    local i
    for ((i = 0; i < 300; i++)); do
        psql -h "$work/socket" -U admin -d postgres -qAtc 'SELECT 1' >/dev/null 2>&1 && return 0
        sleep 0.05
    done
    echo "the server does not start"
    cat server.log
    return 1
}

stop_server() { # SIGNAL: INT (fast), QUIT (immediate)
    [ -n "$server" ] || return 0
    kill -"$1" "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
}

cleanup() {
    stop_server QUIT
    rm -rf "$work"
}
trap cleanup EXIT

url="postgresql://admin@/postgres?host=$work/socket"
sql() { # QUERY: rows as they are
    psql -qAtX -v ON_ERROR_STOP=1 "$url" -c "$1"
}
drop_all() {
    sql 'DROP TABLE IF EXISTS fits, terms, runs' 2>/dev/null
}

# ---- data -------------------------------------------------------------------

make_table() { # ROWS COLUMNS SEED
    awk -v n="$1" -v k="$2" -v seed="$3" 'BEGIN {
        srand(seed)
        for (j = 1; j <= k; j++) printf "c%d%s", j, j < k ? "," : "\n"
        for (i = 0; i < n; i++)
            for (j = 1; j <= k; j++) printf "%.6f%s", rand(), j < k ? "," : "\n"
    }' >d.csv
}

# The rows of the database as CSV, in the order in which they came.
dump() { # [RUN_ID] [COLUMNS]
    psql -qX "$url" -c "COPY (SELECT ${2:-y,x,n,intercept,beta,se,stat,p,r2,status} FROM fits WHERE run_id = ${1:-1} ORDER BY ctid) TO STDOUT (FORMAT csv, HEADER)"
}

same() { # A B [sorted]: the same rows, numbers bit by bit
    python3 "$here/same.py" "$@"
}

# Rows of the run are all there, once, and it is complete.
whole() { # PAIRS
    [ "$(sql 'SELECT count(*), count(DISTINCT (y, x)), (SELECT complete FROM runs) FROM fits')" = "$1|$1|t" ]
}
