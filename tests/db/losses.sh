#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Connections lost at every kind of moment: no row is lost, none is doubled.
# shellcheck disable=SC2154,SC2034  # lib.sh has them
. "$(dirname "$0")/lib.sh"
have_server && new_cluster && start_server || exit 1
rounds=${ROUNDS:-20}
RANDOM=${SEED:-4711}
export REGSWEEP_DB_BATCH=150000
make_table 8000 250 1
pairs=$((248 * 247))
run=(regsweep run -q --engine exact -j 2 -y '*' -x '*' -c 'c1,c2' d.csv)
"${run[@]}" -o ref.csv
seconds=1000 # of the fastest of some: a busy machine may become idle
for _ in 1 2 3; do
    drop_all
    begin=$EPOCHREALTIME
    "${run[@]}" -o "$url"
    seconds=$(echo "$begin $EPOCHREALTIME $seconds" | awk '{t = $2 - $1; print t < $3 ? t : $3}')
done
has_workers() { # run $pid: before that, a server must be there
    while kill -0 $pid 2>/dev/null && [ -z "$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)" ]; do
        sleep 0.002
    done
}
moment() { # anywhere in the run
    has_workers
    sleep "$(awk -v t="$seconds" -v r=$RANDOM 'BEGIN {print 0.95 * t * r / 32768}')"
}

outcome() { # NAME STATUS
    local ok=0
    if [ "$2" -eq 0 ] && whole $pairs && dump >got.csv && same got.csv ref.csv sorted; then
        ok=1
    fi
    verdict "$1: exit status $2: $(cat err)" $ok
}

# ---- the server dies and comes back -----------------------------------------------
hit=0
for ((i = 0; i < rounds; i++)); do
    drop_all
    "${run[@]}" -o "$url" 2>err &
    pid=$!
    moment
    ! kill -0 $pid 2>/dev/null || hit=$((hit + 1))
    stop_server QUIT
    start_server || exit 1
    wait $pid
    outcome "restart, round $i" $?
done
echo "$hit of $rounds restarts came during the run"
verdict "most restarts hit" $((hit * 2 > rounds))

# ---- its sessions are ended ---------------------------------------------------------
hit=0
for ((i = 0; i < rounds / 2; i++)); do
    drop_all
    "${run[@]}" -o "$url" 2>err &
    pid=$!
    has_workers
    for ((k = 0; k < 4; k++)); do
        sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
        hit=$((hit + $(sql "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'regsweep'")))
    done
    wait $pid
    outcome "ended sessions, round $i" $?
done
echo "$hit sessions were ended"
verdict "sessions were ended" $((hit >= rounds / 2))

# ---- a COMMIT in doubt --------------------------------------------------------------
# Each COMMIT of the run is cut once at least: at every 2nd, then every 3rd.
mkdir proxy
for mode in sent unsent late; do
    for every in 2 3; do
        drop_all
        rm -f proxy/.s.PGSQL.5432
        python3 "$here/proxy.py" proxy/.s.PGSQL.5432 socket/.s.PGSQL.5432 $mode $every >cuts 2>proxy.log &
        proxy=$!
        for ((k = 0; k < 100; k++)); do
            [ ! -S proxy/.s.PGSQL.5432 ] || break
            sleep 0.05
        done
        REGSWEEP_DB_BATCH=600000 "${run[@]}" -o "${url/\/socket//proxy}" 2>err
        outcome "COMMIT $mode, every $every" $?
        kill $proxy
        wait $proxy 2>/dev/null
        verdict "COMMIT $mode: cut $(wc -l <cuts) times" $(($(wc -l <cuts) > 3))
    done
done

# ---- it does not come back ------------------------------------------------------------
prefix() { # NAME: what is visible is the rows of the first tiles
    local n
    dump >got.csv
    n=$(python3 "$here/same.py" got.csv ref.csv prefix)
    verdict "$1: $n rows: $(sql 'SELECT * FROM runs')" "$([ "$(sql 'SELECT rows_written, complete, tiles_done > 0 FROM runs')" = "$n|f|t" ] && echo 1 || echo 0)"
}

drop_all
REGSWEEP_DB_RETRY=2 "${run[@]}" -o "$url" 2>err &
pid=$!
until [ "$(sql 'SELECT tiles_done > 0 FROM runs' 2>/dev/null)" = t ]; do sleep 0.02; done
stop_server QUIT
wait $pid
got=$?
verdict "given up: exit status $got: $(cat err)" "$([ $got -eq 1 ] && grep -q 'the database has the [0-9]* rows of the first [0-9]* tiles as run 1$' err && [ "$(wc -l <err)" -eq 1 ] && echo 1 || echo 0)"
start_server || exit 1
verdict "what the message says" "$(grep -c "has the $(sql 'SELECT rows_written FROM runs') rows of the first $(sql 'SELECT tiles_done FROM runs') tiles" err)"
prefix "given up"

# ---- the program dies, or is stopped ------------------------------------------------------
for ((i = 0; i < rounds / 2; i++)); do
    drop_all
    "${run[@]}" -o "$url" 2>err &
    pid=$!
    until [ "$(sql 'SELECT tiles_done > 0 FROM runs' 2>/dev/null)" = t ]; do sleep 0.01; done
    sleep "0.0$((RANDOM % 10))"
    kill -9 $pid
    wait $pid 2>/dev/null
    for ((k = 0; k < 100; k++)); do # the server finds out by itself
        [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'regsweep'")" != 0 ] || break
        sleep 0.05
    done
    prefix "killed, round $i"
done

interrupt() { # NAME: within 2 s, by the signal
    local begin got
    begin=$EPOCHREALTIME
    kill -INT $pid
    wait $pid
    got=$?
    verdict "$1: exit status $got, $(echo "$begin $EPOCHREALTIME" | awk '{print $2 - $1}') s: $(cat err)" \
        "$(echo "$begin $EPOCHREALTIME $got" | awk '{print $2 - $1 < 2 && $3 == 130 ? 1 : 0}')"
}

for ((i = 0; i < 5; i++)); do
    drop_all
    env --default-signal=INT "${run[@]}" -o "$url" 2>err &
    pid=$!
    until [ "$(sql 'SELECT tiles_done > 0 FROM runs' 2>/dev/null)" = t ]; do sleep 0.01; done
    sleep "0.0$((RANDOM % 10))"
    interrupt "Ctrl-C, round $i"
    prefix "Ctrl-C, round $i"
    n=$(sql 'SELECT rows_written FROM runs')
    verdict "Ctrl-C says how much: $(cat err)" "$(tr -d , <err | grep -c "^regsweep: $n of $pairs pairs were written to 'fits run_id 1'\$")"
    verdict "Ctrl-C: the end is noted" "$(sql 'SELECT ended > started AND ok = rows_written FROM runs' | grep -c t)"
done

drop_all
env --default-signal=INT "${run[@]}" -o "$url" 2>err &
pid=$!
until [ "$(sql 'SELECT tiles_done > 0 FROM runs' 2>/dev/null)" = t ]; do sleep 0.02; done
stop_server QUIT
sleep 2
interrupt "Ctrl-C while the server is away"
start_server || exit 1
prefix "Ctrl-C while the server is away"

# A server that hangs: its sessions are stopped, not ended.
drop_all
env --default-signal=INT "${run[@]}" -o "$url" 2>err &
pid=$!
until [ "$(sql 'SELECT tiles_done > 0 FROM runs' 2>/dev/null)" = t ]; do sleep 0.02; done
backend=$(sql "SELECT pid FROM pg_stat_activity WHERE application_name = 'regsweep'")
kill -STOP "$backend"
sleep 1
interrupt "Ctrl-C while the server hangs"
kill -CONT "$backend"
for ((k = 0; k < 100; k++)); do
    [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'regsweep'")" != 0 ] || break
    sleep 0.05
done
prefix "Ctrl-C while the server hangs"
finish
