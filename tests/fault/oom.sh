#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Allocations fail, one of them or all from there on, in the parent or in its
# workers: the same bytes and exit status 0, or another status and a message;
# never other bytes, never a death. Sampled: OOM_EVERY=1 tries each one.
. "$(dirname "$0")/lib.sh"
every=${OOM_EVERY:-11}
source=$OLDPWD/tests/fault/oom.c
cc -O1 -shared -fPIC -o oom.so "$source" -ldl || skip "no compiler for oom.c"

# Runs the sweep with the environment given; output, messages, status.
sweep() { # OUTPUT VARIABLE=VALUE...
    local out=$1
    shift
    rm -f "$out" "$out.partial"
    timeout 60 env "$@" LD_PRELOAD="$PWD/oom.so" regsweep run -j 2 "${options[@]}" -o "$out" 2>err
}

# What a run has made, as text: a database notes the time.
content() { # OUTPUT
    case $1 in
    *.db) sqlite3 "$1" 'SELECT * FROM fits' ;;
    *) cat "$1" ;;
    esac
}

# The n-th allocation, in steps that differ from sweep to sweep.
try() { # OUTPUT parent|worker COUNT
    local out=$1 kind=$2 count=$3 n status ok mode
    for mode in OOM_ONCE OOM_FROM; do
        for ((n = 1 + shift_by % every; n <= count; n += every)); do
            sweep "$out" OOM_AT="$n" OOM_IN="$kind" $mode=1
            status=$?
            ok=1
            if [ "$status" -eq 0 ]; then
                content "$out" | cmp -s - ref || ok=0
                # what is said of the result is the same, too
                grep -E '^  |adjust:|storey:' err | cmp -s - ref.said || ok=0
            elif [ "$status" -ge 100 ] || [ ! -s err ]; then
                ok=0
            elif [ -e "$out" ] && [ "$out" != o.db ]; then
                # finished, before what failed: a database says so itself
                content "$out" | cmp -s - ref || ok=0
            fi
            verdict "${options[*]}: $kind, $mode, allocation $n of $count: exit status $status: $(tail -n 2 err)" $ok
        done
        shift_by=$((shift_by + 5))
    done
}

each() { # OUTPUT OPTIONS...
    local out=$1 parent worker
    shift
    options=("$@")
    sweep "$out" OOM_LOG=3 3>log || verdict "${options[*]}: without faults: $(cat err)" 0
    content "$out" >ref
    grep -E '^  |adjust:|storey:' err >ref.said
    parent=$(sed -n 's/^parent //p' log | sort -n | tail -n 1)
    worker=$(sed -n 's/^worker //p' log | sort -n | tail -n 1)
    try "$out" parent "$parent"
    [ -z "$worker" ] || try "$out" worker "$worker"
}

shift_by=0
make_table 40 14 3
sed '3s/,[0-9.]*,/,,/;9s/,[0-9.]*,/,,/' d.csv >h.csv # holes
all=(-y '*' -x '*')
each o.csv d.csv "${all[@]}" --summary
each o.csv h.csv "${all[@]}" --summary --p-max 0.009
each o.csv h.csv "${all[@]}" -c c3,c4 --rows terms
each o.csv h.csv "${all[@]}" --engine exact --top 5
each o.csv.zst d.csv "${all[@]}" --adjust storey,bh,holm --q-max 0.9 --summary
each o.csv.gz h.csv "${all[@]}" --adjust bh --family x
each o.csv d.csv "${all[@]}" --permute 20 --bootstrap 30 --top 4
each o.npy h.csv "${all[@]}" --columns p
each o.jsonl h.csv "${all[@]}" -c c2 --r2-min 0.1 --m-eff --verify 5
each o.db h.csv "${all[@]}" --adjust by
# parts, categories, robust errors
make_table 40 6 4
awk -F, -v OFS=, 'NR == 1 { print $0, "g", "t"; next }
    { print $0, substr("abc", NR % 3 + 1, 1), substr("uvw", NR % 7 % 3 + 1, 1) }' d.csv |
    sed '3s/,[0-9.]*,/,,/;9s/,[0-9.]*,/,,/' >g.csv
some=(g.csv -y 'c1,c2' -x 'c3:c6')
each o.csv "${some[@]}" -g g --adjust bh --family group --pool-groups random --where 'c1 < 0.9'
each o.csv "${some[@]}" -x t --rows terms --contrasts tukey --reference-rows --ref t=v
each o.csv "${some[@]}" -x t --model-set a:c6 --model-set b:t --compare --columns +dw,+cond,+vif,+bp_p
each o.csv "${some[@]}" --interact t --p-max 0.5 --transform 'rank(c3)'
each o.csv "${some[@]}" --se cluster --cluster t,g
each o.csv "${some[@]}" --se hac --lag 2 --poly 3 --weights-for 'c3=c6'
each o.csv "${some[@]}" --survey --psu t --strata g -g g
each o.csv "${some[@]}" -m spearman -c t
each o.csv "${some[@]}" -m kendall -g g --top 3
each o.db "${some[@]}" -g g --rows both
finish
