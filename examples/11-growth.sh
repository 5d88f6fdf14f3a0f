#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# 27 children were measured at 8, 10, 12 and 14 years. Do girls grow more
# slowly? --interact sex asks whether the slope of age differs: the row named
# age:sex=girl says by 0.30 mm a year less, which is the slope of the girls by
# themselves (0.480) less that of the boys (0.784). Age is centred at its mean
# of 11 years, so that the row sex=girl is the difference there: 2.3 mm.
#
# The four rows of a child are alike, and the classical errors do not know it.
# --se cluster does: df is now 27 children - 1. What lies between children is
# less certain than it seemed (se of sex from 0.44 to 0.78), what is seen within
# each child more (se of age:sex from 0.20 to 0.12, p from 0.13 to 0.018).
cd "$(dirname "$0")" || exit 1
growth() {
    regsweep run -q growth.csv -y distance_mm -x age --interact sex \
        --transform 'center(age)' --digits 4 "$@"
}
echo "rows as if independent"
growth --rows terms --columns term,beta,se,df,p
echo "rows in clusters"
growth --rows terms --columns term,beta,se,df,p --se cluster --cluster child
echo "age and its product together: F of what age does in either sex"
growth --interact-test both --se cluster --cluster child \
    --columns y,x,n,df1,df,stat,p
