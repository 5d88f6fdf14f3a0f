#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'y,x\n1,2\n2,3\n4,1\n' >d.csv
try() { echo "== $*" >&2; regsweep run -q -y y "$@" d.csv; echo "$?"; }
for column in intercept r p_bh p_perm boot_low; do try --rows terms --columns "$column"; done
try --rows terms --columns +r
try --columns term
try --rows both
try --rows both -o d.jsonl
try --rows terms -o d.npy
try --rows terms --adjust bh
try --rows terms --bootstrap 100
try --rows some
