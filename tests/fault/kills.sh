#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Workers killed at random moments: the same bytes, the same table of --summary,
# exit status 0. The parent killed at random moments: no worker is left, the
# output is a whole prefix. Both engines, the rows of terms, and the best pairs
# of each y, which are held back to the end; compressed output too, whose bytes
# are the same as well.
. "$(dirname "$0")/lib.sh"
rounds=${ROUNDS:-25}
RANDOM=${SEED:-4711}

sweep=(regsweep run -j 3 -y '*' -x '*' -c 'c1,c2,c3' d.csv)

# Kills 8 times one of the workers that process $1 has then, from when it has
# some.
kill_workers() {
    local k children
    for ((k = 0; k < 200; k++)); do
        [ -z "$(cat "/proc/$1/task/$1/children")" ] || break
        sleep 0.002
    done 2>/dev/null
    for ((k = 0; k < 8; k++)); do
        sleep "0.00$((RANDOM % 9))"
        children=()
        # no line end in it: the status of read says nothing
        read -r -a children <"/proc/$1/task/$1/children" || :
        [ "${#children[@]}" -eq 0 ] ||
            kill -$((RANDOM % 2 ? 9 : 11)) "${children[RANDOM % ${#children[@]}]}"
    done 2>/dev/null
}

workers_killed() {
    local i n ok pid status deaths=0
    for ((i = 0; i < rounds; i++)); do
        rm -f "$out"
        "${sweep[@]}" --summary "${options[@]}" -o "$out" 2>err &
        pid=$!
        kill_workers $pid
        wait $pid
        status=$?
        n=$(sed -n 's/^regsweep: \([0-9]*\) workers\{0,1\} died.*/\1/p' err)
        deaths=$((deaths + ${n:-0}))
        ok=1
        [ "$status" -eq 0 ] && cmp -s "$out" "$ref" || ok=0
        grep '^  ' err | cmp -s - ref.table || ok=0
        verdict "${options[*]}: worker kills, round $i: exit status $status: $(cat err)" $ok
    done
    echo "${options[*]}: $deaths workers died"
    verdict "${options[*]}: some workers died" $((deaths > 0))
}

parent_killed() {
    local i ok pid
    for ((i = 0; i < rounds; i++)); do
        rm -f "$out" "$out.partial"
        setsid "${sweep[@]}" -q "${options[@]}" -o "$out" &
        pid=$!
        sleep "0.0$((RANDOM % 8))$((RANDOM % 10))"
        kill -9 $pid 2>/dev/null
        wait $pid 2>/dev/null
        sleep 0.2
        ok=1
        ! pgrep -r R,S,D,T -g "$pid" -a || ok=0
        if [ -e "$out" ]; then
            cmp -s "$out" "$ref" || ok=0
        elif [ -e "$out.partial" ]; then
            is_prefix "$out.partial" "$ref" || { ok=0; ls -l; }
        fi
        verdict "${options[*]}: parent killed, round $i" $ok
    done
}

both() { # SUFFIX options
    out=out.$1 ref=ref.$1
    shift
    options=("$@")
    "${sweep[@]}" -q -f --summary "${options[@]}" -o "$ref" 2>ref.err
    grep '^  ' ref.err >ref.table
    workers_killed
    parent_killed
}

make_table 4000 120 2
both csv --engine exact
both jsonl.zst --engine exact
make_table 300 1200 2
both csv --engine auto --columns y,x,beta,p
both csv.zst --engine auto
zstd -qdc ref.csv.zst >plain.csv
"${sweep[@]}" -q -o ref.csv -f
verdict "compressed rows are the rows" "$(cmp -s plain.csv ref.csv && echo 1 || echo 0)"
make_table 300 400 2
both csv --rows terms
make_table 1200 3000 2
both csv --engine auto --top-per-y 3
finish
