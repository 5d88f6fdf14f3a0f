#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every run says what its covariates became, and warns of those that are not in
# the models or take their rows.
{ echo y,x,sex,one,twice,lab
for i in $(seq 30); do
    lab=; [ $((i % 10)) -ne 0 ] || lab=$i
    sex=F; [ $((i % 3)) -eq 0 ] || sex=M
    echo "$((i * 7 % 13)),$((i * i % 11)),$sex,1,$((2 * (i * i % 11))),$lab"
done; } >d.csv
told() { regsweep run "$@" -o /dev/null 2>&1 | grep -v worker; }
told d.csv -y y -x x -c sex
told d.csv -y y -x x -c sex --no-notes
told d.csv -y y -x twice -c x,one
echo "== one line for all that an id explains"
awk -F, 'NR > 1 { print $0 ",n" NR ",2,3," $2 * $2 "," $2 } NR == 1 { print $0 ",id,two,three,xx,xxx" }' d.csv >id.csv
told id.csv -y y -x x -c 'id,two,three,xx,xxx' --no-notes
told d.csv -y y -x x -c sex,lab --adjust storey
echo "== no p"
told d.csv -y y -x one
told d.csv -y y -x x,twice --min-n 40
told d.csv -y y -x twice -c x
