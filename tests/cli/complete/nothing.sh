#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is wrong prints nothing, and nothing is waited for: exit status 0.
mkfifo pipe
mkdir folder
printf 'PK\003\004' >book.xlsx
printf '"open,b\n' >broken.csv
: >empty.csv
ask() {
    timeout 5 regsweep __complete "$@" || echo "exit status $?: $*"
}
for file in pipe - folder absent.csv book.xlsx broken.csv empty.csv; do
    line="regsweep run $file -y "
    ask bash "$line" "$line" ' '
done
ask bash 'regsweep run --se nonsense --bad - -y ' 'regsweep run --se nonsense --bad - -y '
ask bash 'regsweep nonsense ' 'regsweep nonsense '
ask bash 'regsweep' 'regsweep'
ask bash '' ''
ask bash 'other line' 'line'
ask ksh 'regsweep ' 'regsweep '
ask bash
ask
ls
