#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A matrix: workers killed, the same bytes; the parent killed or interrupted,
# nothing bears the name and what is left does not begin as a .npy file does; a
# full disk, an error message.
. "$(dirname "$0")/lib.sh"
rounds=${ROUNDS:-25}
RANDOM=${SEED:-4711}

sweep=(regsweep run -j 3 -y '*' -x '*' --columns beta d.csv)

# Waits for the children of process $1: the workers.
await_workers() {
    local k
    for ((k = 0; k < 400; k++)); do
        [ -z "$(cat "/proc/$1/task/$1/children")" ] || break
        sleep 0.001
    done 2>/dev/null
}

workers_killed() { # ENGINE
    local i k n ok pid status children deaths=0
    for ((i = 0; i < rounds; i++)); do
        rm -f out.npy
        "${sweep[@]}" --engine "$1" -o out.npy 2>err &
        pid=$!
        await_workers $pid
        for ((k = 0; k < 6; k++)); do
            sleep "0.00$((RANDOM % 9))"
            children=()
            read -r -a children <"/proc/$pid/task/$pid/children" || :
            [ "${#children[@]}" -eq 0 ] ||
                kill -$((RANDOM % 2 ? 9 : 7)) "${children[RANDOM % ${#children[@]}]}"
        done 2>/dev/null
        wait $pid
        status=$?
        n=$(sed -n 's/^regsweep: \([0-9]*\) workers\{0,1\} died.*/\1/p' err)
        deaths=$((deaths + ${n:-0}))
        ok=1
        [ "$status" -eq 0 ] && cmp -s out.npy ref.npy || ok=0
        verdict "$1: worker kills, round $i: exit status $status: $(cat err)" $ok
    done
    echo "$1: $deaths workers died"
    verdict "$1: some workers died" $((deaths > 0))
}

parent_killed() { # ENGINE SIGNAL
    local i ok pid status ended=0
    for ((i = 0; i < rounds; i++)); do
        rm -f out.npy out.npy.partial
        setsid "${sweep[@]}" -q --engine "$1" -o out.npy 2>err &
        pid=$!
        sleep "0.0$((RANDOM % 8))$((RANDOM % 10))"
        kill -"$2" $pid 2>/dev/null
        wait $pid 2>/dev/null
        status=$?
        sleep 0.2
        ok=1
        ! pgrep -r R,S,D,T -g "$pid" -a || ok=0
        if [ -e out.npy ]; then
            cmp -s out.npy ref.npy || ok=0
        elif [ "$2" != KILL ] && [ -e out.npy.partial ]; then
            ok=0
        elif [ -s out.npy.partial ]; then
            ended=$((ended + 1))
            [ -z "$(head -c 6 out.npy.partial | tr -d '\0')" ] || ok=0
        fi
        [ "$status" -ne 0 ] || [ -e out.npy ] || ok=0
        verdict "$1: parent gets $2, round $i: exit status $status: $(cat err)" $ok
    done
    echo "$1, $2: $ended matrices were left unfinished"
}

full_disk() {
    mkdir disk
    unshare -rm bash -c '
        mount -t tmpfs -o size=256k tmpfs disk || exit 77
        regsweep run -q -y "*" -x "*" --columns se d.csv -o disk/out.npy 2>err
        echo $? >status
        ls disk >names'
    verdict "full disk: exit status" $(($(cat status) == 1))
    verdict "full disk: message" \
        "$(grep -c 'disk/out.npy: cannot reserve [0-9]* bytes.*No space left' err)"
    verdict "full disk: nothing is left" $(($(wc -l <names) == 0))
}

limited_file() {
    (
        ulimit -f 64
        regsweep run -q -y '*' -x '*' --columns se d.csv -o limited.npy 2>err
        echo $? >status
    )
    verdict "limited file: exit status $(cat status)" $(($(cat status) == 1))
    verdict "limited file: message" "$(grep -c 'limited.npy: cannot reserve' err)"
    verdict "limited file: nothing is left" "$([ -e limited.npy.partial ] && echo 0 || echo 1)"
}

make_table 1500 300 2
"${sweep[@]}" -q --engine exact -o ref.npy
workers_killed exact
parent_killed exact KILL
parent_killed exact INT
parent_killed exact TERM
make_table 600 2000 2
"${sweep[@]}" -q -f -o ref.npy
workers_killed auto
parent_killed auto KILL
limited_file
if unshare -rm true 2>/dev/null; then
    full_disk
else
    skip "no mount namespace to be had"
fi
finish
