#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Places are file, line and field.
try() { regsweep run --transpose "$@"; echo "exit status $?"; }
printf 'id,s1,s2,s3\n\ny,1,2,3\nx,2,"3\n",4\nz,1,2,1\n' >text
printf 'id,s1,s2,s3\ny,1,2,3\nx,2,3\n' >short
printf 'id,s1,s2,s3\ny,1,2,3\nx,2,3,4"5\n' >quote
printf 'id,s1,s2,s3\n' >header
printf 'id\ny\nx\n' >names
printf 'id,s1,s2,s3\ny,1,2,3\ny,2,3,1\nx,1,1,2\n' >twice
printf 'id,s1,s2,s1\nw,2,3,1\n' >same-sample
printf 'id,s1,NA,s2\nw,2,3,1\n' >no-sample
printf 'id,t1,t2,t3\nw,2,3,1\n' >others
printf 'id,s1,s2,s3\ny,2,3,1\n' >clash
for file in text short quote header names twice; do
    try -y y -x x "$file"
done
for file in same-sample no-sample others clash; do
    try -y y -x z text "$file"
done
try --key id -y y text
try --key id -y y text others
