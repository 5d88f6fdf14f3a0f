#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What does not go with blocks.
printf 'y,x,z,f\n1,1,2,a\n2,2,1,b\n4,3,5,c\n3,5,4,a\n6,4,7,b\n5,7,6,c\n' >d.csv
refused() {
    regsweep run -q d.csv -y y "$@"
    echo $?
}
refused -x x --interact z,f
refused -x x --poly 2 --interact z
refused -x x --poly 1
refused -x f --poly 2
refused -x x --interact-test both
refused -x x --poly-test all
refused -x f --bootstrap 20
refused -x f --se hc3 --rows terms --contrasts tukey
refused -x f --contrasts tukey
refused -x f --reference-rows
refused -x f --interact z --contrasts holm --rows terms
refused -x x --interact z -m kendall
