#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Days that follow each other are alike. dw, Durbin and Watson's statistic,
# would be 2 where residuals do not depend on those of the day before; that of
# sun is 1.17. A small bp_p (Koenker's test) says that their spread changes.
#
# --se hac allows for both: here for residuals up to seven days apart, in the
# order of date. Slopes stay; the error of wind grows from 0.69 to 0.97. Days
# without ozone leave no gap: the days on either side are then one apart.
#
# Only the warm part of the summer? --where keeps rows: of dates, which are text,
# in quotes, and of numbers without.
cd "$(dirname "$0")" || exit 1
air() {
    regsweep run air.csv -y ozone_ppb -x sun_ly,wind_mph,temp_f "$@" --digits 3
}
air -q --columns y,x,n,beta,se,p,dw,bp_p
air -q --columns y,x,n,beta,se,p --se hac --lag 7 --time date
air --columns y,x,n,beta,se,p --se hac --lag 7 --time date \
    --where "date >= '1973-06-15' and temp_f >= 70"
