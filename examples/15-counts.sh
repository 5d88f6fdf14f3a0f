#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who survived the Titanic? 24 rows stand for the 2201 people aboard:
# --weights-are counts takes a row as so many. n says it, and all follows from
# it. y is 0 or 1, so slopes are differences of shares: of the men 52 % fewer
# survived than of the women. The spread of a share depends on the share, hence
# --se hc3. (As analytic weights, which are the default, n is 24: the same
# slopes, and errors ten times as large.)
#
# Was it so in every class? --interact class puts the difference of the sexes
# beside class, and tests whether it depends on it: F, three coefficients (df1).
# It was least in the third class: -0.628 + 0.341.
cd "$(dirname "$0")" || exit 1
titanic() {
    regsweep run titanic.csv -y survived -w people --weights-are counts \
        --se hc3 --digits 3 "$@"
}
titanic -x class,sex,age
titanic -q -x sex --interact class --rows terms --columns term,df1,beta,se,stat,p
