# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A transform: times -1. The slope of 1, 2, 4 on 1, 2, 3 is 3/2.
change() {
    add tests/unit/toy_transform.c core/data/toy_transform.c
    add tests/unit/toy_transform.h core/data/toy_transform.h
    row core/data/transforms.c '#include "transform.h"' '#include "toy_transform.h"'
    row core/data/transforms.c '&rs_transform_log,' '    &toy_transform,'
}
try() {
    printf 'y,x\n1,1\n2,2\n4,3\n' >d.csv
    regsweep run -q d.csv -y y -x x --transform 'negate(x)' --columns y,x,beta
    regsweep run -q d.csv -y y -x x --transform 'negat(x)'
}
