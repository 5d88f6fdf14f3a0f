#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An output's name must not promise what the file is not.
printf "y,x\n1,2\n2,3\n5,1\n" >d.csv
for output in x.db.gz x.npy.zst; do
    regsweep run -q -y y -x x d.csv -o $output
    echo $?
done
ls
