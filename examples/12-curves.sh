#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ozone in New York against sun, wind and temperature, every day of a summer.
# Is it a line? --poly 2 tests the square beside it: all three curve, sun
# downwards. Of the logarithm of ozone, temperature needs no square (p = 0.19);
# sun and wind still do.
#
# A rank correlation asks for order alone: Spearman's rho of ozone and
# temperature (0.77) is above Pearson's r (0.70), and is the same for any
# rising function of ozone. With -c temp_f it is the partial one: hot days are
# calm, which was part of what wind seemed to do (-0.59, then -0.35).
cd "$(dirname "$0")" || exit 1
air() {
    regsweep run -q air.csv -y ozone_ppb -x sun_ly,wind_mph,temp_f "$@" --digits 3
}
echo "the square beside the line"
air --poly 2 --columns y,x,n,beta,se,p,r2
air --poly 2 --columns y,x,n,beta,se,p,r2 --transform 'log(ozone_ppb)'
echo "r, Spearman's rho, rho at the same temperature, Kendall's tau"
air --columns y,x,n,r,p
air --columns y,x,n,r,p --model spearman
air --columns y,x,n,r,p --model spearman -c temp_f
air --columns y,x,n,r,p --model kendall
