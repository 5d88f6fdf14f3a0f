#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two runs on one output, each held up at its worst moment: who ends in success
# has its rows there, and stays so. Where a file system cannot rename without
# replacing, too.
. "$(dirname "$0")/lib.sh"
if ! strace -e inject=fsync:error=EIO true 2>/dev/null; then
    skip "strace cannot trace here"
fi
for s in 1 2; do
    make_table 30 40 $s
    mv d.csv d$s.csv
    regsweep run -q -y '*' -x '*' d$s.csv -o ref$s.csv
done

go() { # TABLE EXPRESSION... : a run with calls held up or made to fail
    local table=$1 words=()
    shift
    for inject in "$@"; do
        words+=(-e "inject=$inject")
    done
    if [ $# -gt 0 ]; then
        strace -f -qq -o /dev/null -e trace=flock,renameat2,link,rename,write,lstat,newfstatat "${words[@]}" \
            regsweep run -q -y '*' -x '*' d"$table".csv -o o.csv 2>err"$table"
    else
        regsweep run -q -y '*' -x '*' d"$table".csv -o o.csv 2>err"$table"
    fi
    echo $? >status"$table"
}

# Each run that ended well has its rows; the output is never another's.
outcome() { # NAME WINNERS
    local s ok=1 good=0
    for s in 1 2; do
        [ "$(cat status$s)" -ne 0 ] || good=$((good + 1))
        [ "$(cat status$s)" -ne 0 ] || cmp -s o.csv ref$s.csv || ok=0
    done
    [ $good -eq "$2" ] || ok=0
    verdict "$1: exit status $(cat status1), $(cat status2): $(cat err1 err2)" $ok
    rm -f o.csv o.csv.partial
}

go 1 'renameat2:delay_enter=1500000' &
sleep 0.7
go 2
wait
outcome "the first is about to rename" 1

go 2 'flock:delay_enter=2000000' &
sleep 0.7
go 1
wait
outcome "the second has opened, but not locked, while the first ran" 1

go 2 'flock:delay_enter=1500000:when=1' &
sleep 0.5
go 1 'renameat2:delay_enter=3000000' &
wait
outcome "the second locks while the first is about to rename" 1

for fallback in 'renameat2:error=EINVAL' 'renameat2:error=ENOSYS link:error=EPERM'; do
    # shellcheck disable=SC2086  # words
    go 1 $fallback
    echo 1 >status2
    outcome "alone, $fallback" 1
    # shellcheck disable=SC2086
    go 1 ${fallback/error/delay_enter=1500000:error} &
    sleep 0.7
    go 2
    wait
    outcome "held up, $fallback" 1
    # somebody else's file, which is no run's
    # shellcheck disable=SC2086
    go 1 ${fallback/error/delay_enter=1500000:error} &
    sleep 0.7
    echo mine >o.csv
    wait
    verdict "another's file, $fallback: exit status $(cat status1): $(cat err1)" \
        $(($(cat status1) == 1 && $(grep -cx mine o.csv) == 1))
    cmp -s o.csv.partial ref1.csv
    verdict "the rows are kept, $fallback" $(($? == 0))
    rm -f o.csv o.csv.partial
done

# Many at once, in real time.
for ((i = 0; i < 20; i++)); do
    pids=()
    for k in 1 2 1 2; do
        regsweep run -q -y '*' -x '*' d$k.csv -o o.csv 2>>err.all &
        pids+=($!)
    done
    good=0
    for k in 0 1 2 3; do
        if wait "${pids[k]}"; then
            good=$((good + 1))
            winner=ref$((k % 2 + 1)).csv
        fi
    done
    verdict "four at once, round $i: $good ended well" $((good == 1))
    cmp -s o.csv "$winner"
    verdict "four at once, round $i: the rows are those of who did" $(($? == 0))
    rm -f o.csv o.csv.partial
done
finish
