# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A model: a z test of the slope. By hand: the squares of x are 2, the product
# with y is 3, so beta is 3/2 and se the root of 1/2.
change() {
    add tests/unit/toy_model.c core/model/toy_model.c
    add tests/unit/toy_model.h core/model/toy_model.h
    row core/model/models.c '#include "models.h"' '#include "toy_model.h"'
    row core/model/models.c '&rs_model_ols,' '    &toy_model,'
}
try() {
    printf 'y,x\n1,1\n2,2\n4,3\n' >d.csv
    regsweep run -q d.csv -y y -x x --model toy --columns y,x,n,beta,se,stat,p --digits 6
    regsweep run -q d.csv -y y -x x --model toy --bootstrap 99
    regsweep run -q d.csv -y y -x x --columns beta
}
