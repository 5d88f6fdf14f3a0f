#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every system call on the output may fail, at every place: the run then never
# ends in success, and no half-written file bears the output's name.
. "$(dirname "$0")/lib.sh"
if ! strace -e inject=fsync:error=EIO true 2>/dev/null; then
    skip "strace cannot trace here"
fi
make_table 30 40 1
regsweep run -q -j 2 -y '*' -x '*' d.csv -o ref.csv

declare -A reached
for call in write ftruncate fsync close renameat2 flock; do
    for error in EIO ENOSPC; do
        for when in 1 2 3 4 5 6 8 10 14; do
            rm -f out.csv out.csv.partial
            # of an earlier run: it is emptied
            [ $call != ftruncate ] || head -n 3 ref.csv >out.csv.partial
            # Only the parent: workers are not followed. strace knows open
            # files by their whole names, and names in calls as they are.
            strace -o trace -P out.csv.partial -P out.csv -P "$PWD" \
                -P "$PWD/out.csv.partial" -P "$PWD/out.csv" \
                -e trace=$call -e inject=$call:error=$error:when=$when \
                regsweep run -q -j 2 --durable -y '*' -x '*' d.csv -o out.csv 2>err
            status=$?
            ok=1
            # the last two closes are of the folder, after its fsync, and of
            # the file that has its name: no harm
            if grep -q INJECTED trace && [[ ! "$call $when" =~ ^close\ [23]$ ]]; then
                # fsync of the folder comes after the name: the file is whole
                [ "$status" -eq 1 ] || ok=0
                [ -s err ] || ok=0
                [ ! -e out.csv ] || cmp -s out.csv ref.csv || ok=0
                [ ! -e out.csv.partial ] || is_prefix out.csv.partial || ok=0
            else
                [ "$status" -eq 0 ] && cmp -s out.csv ref.csv || ok=0
            fi
            verdict "$call $error at $when: exit status $status" $ok
            grep -q INJECTED trace || break
            reached[$call]=yes
        done
    done
done
for call in write ftruncate fsync close renameat2 flock; do
    verdict "$call was made to fail" "$([ -n "${reached[$call]:-}" ] && echo 1 || echo 0)"
done
finish
