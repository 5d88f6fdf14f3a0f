#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A database survives whatever happens to the run: the parent killed at random
# moments, workers killed, system calls that fail, a full disk. It can always be
# opened, passes the integrity check, and holds exactly the rows of the tiles
# that it says it holds; only a run that ended well is called complete.
. "$(dirname "$0")/lib.sh"
check=$OLDPWD/tests/fault/sqlite_check.py
[ -e "$check" ] || skip "no $check"
rounds=${ROUNDS:-30}
RANDOM=${SEED:-4711}

# Whole tiles, equally large: 1024 by 1024 pairs.
make_table 30 2048 5
sweep=(regsweep run -q -j 3 -y '#1:#1024' -x '#1025:#2048' d.csv --columns 'y,x,beta')
"${sweep[@]}" -o ref.db
"${sweep[@]}" -o ref.csv
sqlite3 -noheader -csv ref.db 'SELECT y, x FROM fits ORDER BY rowid' | tr -d '\r' >names.db
tail -n +2 ref.csv | cut -d, -f1,2 >names.csv
verdict "the reference has the rows of the CSV" "$(cmp -s names.db names.csv && echo 1 || echo 0)"
verdict "the reference is complete" "$([ "$(python3 "$check" ref.db ref.db 1)" = complete ] && echo 1 || echo 0)"

look() { # DB RUN: what was found, in $found
    found=$(python3 "$check" "$1" ref.db "$2" 2>&1 | tail -n 1)
}
whole() { [[ $found =~ ^(complete|prefix\ [0-9]+)$ ]] && echo 1 || echo 0; }

# ---- the parent is killed ------------------------------------------------------
prefixes=0
for ((i = 0; i < rounds; i++)); do
    rm -f out.db out.db-journal
    options=(-o out.db)
    ((i % 3 != 2)) || options+=(--durable)
    setsid "${sweep[@]}" "${options[@]}" 2>/dev/null &
    pid=$!
    sleep "0.$((RANDOM % 10))$((RANDOM % 10))"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    sleep 0.1
    left=$(pgrep -r R,S,D,T -g $pid)
    verdict "parent killed, round $i: no worker is left" "$([ -z "$left" ] && echo 1 || echo 0)"
    [ -e out.db ] || continue
    look out.db 1
    verdict "parent killed, round $i: $found" "$(whole)"
    [[ ! $found =~ ^prefix\ [1-9] ]] || prefixes=$((prefixes + 1))
done
echo "killed parents: $prefixes databases hold a part of the rows"
verdict "some kills left a part of the rows" $((prefixes > 0))

# Another run goes on in what a killed one left, and leaves that as it is.
for ((i = 0; i < 3; i++)); do
    rm -f out.db out.db-journal
    "${sweep[@]}" -o out.db 2>/dev/null &
    pid=$!
    sleep "0.3$i"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ -s out.db ] || continue
    "${sweep[@]}" -o out.db --append
    status=$?
    look out.db 2
    verdict "append after a kill: exit status $status, $found" "$([ $status -eq 0 ] && [ "$found" = complete ] && echo 1 || echo 0)"
    verdict "append: the file is one" "$([ ! -e out.db-journal ] && echo 1 || echo 0)"
done

# ---- workers are killed --------------------------------------------------------
deaths=0
for ((i = 0; i < 6; i++)); do
    rm -f out.db
    regsweep run -j 3 -y '#1:#1024' -x '#1025:#2048' d.csv --columns 'y,x,beta' -o out.db 2>err &
    pid=$!
    for ((k = 0; k < 30; k++)); do
        sleep "0.0$((RANDOM % 3))$((RANDOM % 10))"
        children=()
        read -r -a children <"/proc/$pid/task/$pid/children" || :
        [ "${#children[@]}" -eq 0 ] || kill -9 "${children[RANDOM % ${#children[@]}]}"
    done 2>/dev/null
    wait $pid
    status=$?
    n=$(sed -n 's/^regsweep: \([0-9]*\) workers\{0,1\} died.*/\1/p' err)
    deaths=$((deaths + ${n:-0}))
    look out.db 1
    verdict "workers killed, round $i: exit status $status, $found" "$([ $status -eq 0 ] && [ "$found" = complete ] && echo 1 || echo 0)"
done
echo "$deaths workers died"
verdict "some workers died" $((deaths > 0))

# ---- somebody else has it ------------------------------------------------------
small=(regsweep run -q -y '#1' -x '#2:#9' d.csv --columns 'y,x,beta')
rm -f out.db
"${small[@]}" -o out.db
coproc other { exec sqlite3 out.db; }
echo 'BEGIN EXCLUSIVE; SELECT 1;' >&"${other[1]}"
read -r _ <&"${other[0]}"
begin=$EPOCHSECONDS
"${small[@]}" -o out.db --append 2>err
status=$?
waited=$((EPOCHSECONDS - begin))
verdict "locked: exit status $status after $waited s: $(cat err)" \
    "$([ $status -eq 1 ] && [ $waited -ge 9 ] && [ $waited -le 20 ] && grep -q 'out.db: .*database is locked' err && echo 1 || echo 0)"
echo 'COMMIT; BEGIN; SELECT count(*) FROM sqlite_master;' >&"${other[1]}"
read -r _ <&"${other[0]}"
regsweep run -q -y a -x b absent.csv --columns y,x,beta -o out.db --append 2>err
status=$?
verdict "locked by a reader, before anything is read: exit status $status: $(cat err)" \
    "$([ $status -eq 1 ] && grep -q 'out.db: .*database is locked' err && echo 1 || echo 0)"
exec {hand}>&"${other[1]}" # a coprocess is not known to subshells
(sleep 2; echo '.quit' >&"$hand") &
"${small[@]}" -o out.db --append 2>err
status=$?
exec {hand}>&-
wait
verdict "locked for a while: exit status $status: $(cat err)" "$([ $status -eq 0 ] && echo 1 || echo 0)"

# Two runs: the second has to wait, and succeeds or says that it is locked.
rm -f out.db
"${sweep[@]}" -o out.db &
sleep 0.2
"${sweep[@]}" -o out.db --append 2>err
status=$?
wait
look out.db 1
verdict "two runs, the first: $found" "$([ "$found" = complete ] && echo 1 || echo 0)"
look out.db 2
if [ $status -eq 0 ]; then
    verdict "two runs, the second: $found" "$([ "$found" = complete ] && echo 1 || echo 0)"
else
    verdict "two runs, the second: $(cat err)" "$(grep -c 'database is locked' err)"
fi

# Three runs that begin at once: what ends well is whole, and one does.
for ((i = 0; i < 3; i++)); do
    rm -f out.db
    pids=()
    for k in 1 2 3; do
        "${small[@]}" -o out.db --append 2>"err$k" &
        pids+=($!)
    done
    good=0
    for pid in "${pids[@]}"; do
        ! wait "$pid" || good=$((good + 1))
    done
    noted=$(sqlite3 out.db 'SELECT count(*) FROM runs WHERE complete' 'SELECT count(*) FROM fits' 'PRAGMA integrity_check' | xargs)
    verdict "three runs at once: $good end well, $noted: $(cat err1 err2 err3)" \
        "$([ $good -ge 1 ] && [ "$noted" = "$good $((8 * good)) ok" ] && echo 1 || echo 0)"
done

# ---- a full disk ---------------------------------------------------------------
mkdir disk
if unshare -rm true 2>/dev/null; then
    for size in 16k 100k 1m 9m 30m 44m; do
        unshare -rm bash -c "
            mount -t tmpfs -o size=$size tmpfs disk || exit 77
            $(printf '%q ' "${sweep[@]}") -o disk/out.db 2>err
            echo \$? >status
            rm -f out.db out.db-journal
            cp disk/* ."
        look out.db 1
        ok=0
        [ "$(cat status)" -eq 1 ] && [[ $found =~ ^prefix ]] &&
            grep -qE 'disk/out.db: .*(disk is full|No space left)' err && ok=1
        verdict "disk of $size: exit status $(cat status), $found: $(cat err)" $ok
    done
    unshare -rm bash -c "
        mount -t tmpfs tmpfs disk || exit 77
        $(printf '%q ' "${small[@]}") -o disk/out.db
        mount -o remount,ro disk
        $(printf '%q ' "${small[@]}") -o disk/out.db --append 2>err
        echo \$? >status
        $(printf '%q ' "${small[@]}") -o disk/new.db 2>>err
        echo \$? >>status"
    verdict "read-only: exit status $(xargs <status): $(cat err)" \
        "$([ "$(xargs <status)" = '1 1' ] && grep -q 'disk/out.db: .*readonly' err && grep -q 'disk/new.db: .*Read-only' err && echo 1 || echo 0)"
else
    echo "SKIP: no mount namespace to be had"
    skipped=$((skipped + 1))
fi

# ---- system calls that fail ----------------------------------------------------
if ! strace -e inject=fsync:error=EIO true 2>/dev/null; then
    skip "strace cannot trace here"
fi
sweep=(regsweep run -q -j 3 -y '#1:#512' -x '#1025:#1536' d.csv --columns 'y,x,beta')
"${sweep[@]}" --force -o ref.db
declare -A reached
fail() { # CALL ERROR WHEN: false when it was not called so often
    local status ok=1
    rm -f out.db out.db-journal
    # Only the parent: workers are not followed.
    strace -o trace -P out.db -P out.db-journal -P "$PWD/out.db" -P "$PWD/out.db-journal" \
        -e trace="$1" -e inject="$1:error=$2:when=$3" \
        "${sweep[@]}" --durable -o out.db 2>err
    status=$?
    look out.db 1
    [ "$(whole)" -eq 1 ] || [ ! -s out.db ] || ok=0
    if [ "$status" -eq 0 ]; then
        [ "$found" = complete ] || ok=0
    else
        [ "$status" -eq 1 ] && [ "$found" != complete ] && [ -s err ] || ok=0
        reached[$1]=yes
    fi
    verdict "$1 $2 at $3: exit status $status, $found: $(cat err)" $ok
    grep -q INJECTED trace
}
for when in 1 2 3 5 8 13 30 80 200 1+ 5+ 30+; do fail pwrite64 EIO $when || break; done
for when in 1 2 3 5 8 13 30 80 200 1+ 5+ 30+; do fail pwrite64 ENOSPC $when || break; done
for when in 1 2 3 4 5 6 7 8 1+ 5+; do fail fdatasync EIO $when || break; done
for when in 1 1+; do fail fsync EIO $when || break; done
for when in 1 1+; do fail ftruncate EIO $when || break; done
for when in 1 3+; do fail fcntl EIO $when || break; done
for call in pwrite64 fdatasync; do
    verdict "$call made a run fail" "$([ -n "${reached[$call]:-}" ] && echo 1 || echo 0)"
done
finish
