#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk of 64 KiB: the run fails, says why, and leaves a prefix.
. "$(dirname "$0")/lib.sh"
make_table 30 60 3
regsweep run -q -y '*' -x '*' d.csv -o ref.csv
make_table 30 120 3
mv d.csv wide.csv
regsweep run -q -y '*' -x '*' wide.csv -o ref.csv.zst
make_table 30 60 3
mkdir disk
if ! unshare -rm true 2>/dev/null; then
    skip "no mount namespace to be had"
fi
unshare -rm bash -c '
    mount -t tmpfs -o size=64k tmpfs disk || exit 77
    regsweep run -q -y "*" -x "*" d.csv -o disk/out.csv 2>err
    echo $? >status
    ls disk >names
    mv disk/out.csv.partial part.csv
    regsweep run -q -y "*" -x "*" wide.csv -o disk/out.csv.zst 2>err.zst
    echo $? >status.zst
    mv disk/out.csv.zst.partial part.csv.zst'
verdict "exit status" $(($(cat status) == 1))
verdict "message" "$(grep -c 'disk/out.csv: write failed after .*No space left' err)"
verdict "name" "$(grep -cx out.csv.partial names)"
verdict "prefix" "$(is_prefix part.csv && echo 1 || echo 0)"
verdict "compressed: exit status" $(($(cat status.zst) == 1))
verdict "compressed: message" "$(grep -c 'disk/out.csv.zst: write failed after .*No space left' err.zst)"
verdict "compressed: prefix" "$(is_prefix part.csv.zst ref.csv.zst && echo 1 || echo 0)"
finish
