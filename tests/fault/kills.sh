#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Workers killed at random moments: the same bytes, exit status 0. The parent
# killed at random moments: no worker is left, the output is a whole prefix.
. "$(dirname "$0")/lib.sh"
rounds=${ROUNDS:-25}
RANDOM=${SEED:-4711}
make_table 4000 120 2
regsweep run -q --engine "$engine" -j 3 -y '*' -x '*' -c c1,c2,c3 d.csv -o ref.csv

deaths=0
for ((i = 0; i < rounds; i++)); do
    rm -f out.csv
    regsweep run --engine "$engine" -j 3 -y '*' -x '*' -c c1,c2,c3 d.csv -o out.csv 2>err &
    pid=$!
    for ((k = 0; k < 8; k++)); do
        sleep "0.00$((RANDOM % 9))"
        children=()
        # no line end in it: the status of read says nothing
        read -r -a children <"/proc/$pid/task/$pid/children" || :
        [ "${#children[@]}" -eq 0 ] ||
            kill -$((RANDOM % 2 ? 9 : 11)) "${children[RANDOM % ${#children[@]}]}"
    done 2>/dev/null
    wait $pid
    status=$?
    n=$(sed -n 's/^regsweep: \([0-9]*\) workers\{0,1\} died.*/\1/p' err)
    deaths=$((deaths + ${n:-0}))
    ok=1
    [ "$status" -eq 0 ] && cmp -s out.csv ref.csv || ok=0
    verdict "worker kills, round $i: exit status $status: $(cat err)" $ok
done
echo "$deaths workers died"
verdict "some workers died" $((deaths > 0))

for ((i = 0; i < rounds; i++)); do
    rm -f out.csv out.csv.partial
    setsid regsweep run -q --engine "$engine" -j 3 -y '*' -x '*' -c c1,c2,c3 d.csv -o out.csv &
    pid=$!
    sleep "0.0$((RANDOM % 8))$((RANDOM % 10))"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    sleep 0.2
    ok=1
    ! pgrep -r R,S,D,T -g "$pid" -a || ok=0
    if [ -e out.csv ]; then
        cmp -s out.csv ref.csv || ok=0
    elif [ -e out.csv.partial ]; then
        is_prefix out.csv.partial || { ok=0; ls -l; }
    fi
    verdict "parent killed, round $i" $ok
done
finish
