#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --log holds what a database's table of runs does, however the run ends.
printf 'y,x,z,t\n1,2,1,a\n2,3,0,b\n4,5,1,a\n3,7,2,c\n5,6,1,b\n' >d.csv
log() { # without what is not the same everywhere
    sed -E 's/^(program|libraries|started|ended|seconds.*): .*/\1/; s/[0-9a-f]{32}/HASH/' "$1"
}
run() {
    regsweep run -q d.csv -y y "$@"
    echo $?
}
run -x x,z,t --where 'y >= 1' -o o.csv --log whole.log --note 'first
try, password=geheim'
log whole.log
run -x x -o o.csv --log refused.log
log refused.log | sed -n '/^output/,$p'
run -x x,none -o p.csv --log failed.log
tail -n 2 failed.log
echo "as other outputs:"
run -x x -o p.csv --log whole.log
run -x x -o p.csv --log d.csv --force
run -x x -o p.csv --log p.csv
run -x x -o p.csv --log ./p.csv
run -x x -o p.csv --log p.csv.partial
run -x x -o q.csv.partial --log "$PWD/q.csv"
run -x x --log r.csv --force >r.csv
cat r.csv
run -x x -o p.csv --log -
run -x x -o p.csv --log no/folder.log
run -x x -o p.csv --log whole.log --force
run -x x -o p.db --append --log whole.log
grep -c geheim whole.log
echo "killed by a signal:"
awk 'BEGIN {srand(1); for (i = 0; i < 40; i++) {for (j = 0; j < 400; j++) printf "%s%s", i == 0 ? "c" j : rand(), j < 399 ? "," : "\n"}}' >e.csv
mkfifo pipe
regsweep run -q e.csv -y '*' -x '*' -o pipe --log killed.log 2>/dev/null &
exec 3<pipe
read -r _ <&3
kill -TERM $!
wait $!
echo $?
grep -E '^(complete|signal|error)' killed.log
