#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A survey, made up below by a generator that gives the same people anywhere: 8
# regions (strata), in each 2 towns drawn (PSUs), in each 15 people. The last
# region counts most, people below 60 twice. Half of all came fasting; only they
# have a glucose, and a weight of their own by which they stand for everybody.
#
# -w and --weights-for give each pair its weights: fasting_glucose those of the
# subsample, w_fasting, by the * of the name. Dust in the air is the same for all
# of a town, and does nothing to the pressure of blood. With weights alone it seems
# to (p = 0.023): 240 people are taken for 240 measurements of dust, where there
# are 16. --survey knows it, as svyglm() of R: the error is nearly twice as large,
# df is 16 towns - 8 regions + 1 - 2 coefficients, p 0.24.
cd "$(dirname "$0")" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
awk '
function u() { seed = seed * 16807 % 2147483647; return seed / 2147483647 }
function noise() { return u() + u() + u() + u() - 2 }
BEGIN {
    seed = 11
    print "region,town,w_exam,w_fasting,dust,age,bmi,pressure,fasting_glucose"
    for (i = 0; i < 240; i++) {
        if (i % 15 == 0) {
            town = noise()
            dust = 8 + int(9 * u())
        }
        region = 1 + int(i / 30)
        age = 20 + int(60 * u())
        bmi = 21 + 0.06 * age + 2 * town + 4 * noise()
        pressure = 85 + 0.5 * age + 0.6 * bmi + 6 * town + 12 * noise()
        weight = 500 * region * (age < 60 ? 2 : 1)
        printf "%d,%d,%d,", region, int(i / 15) % 2 + 1, weight
        if (i % 2)
            printf ",%d,%d,%.1f,%.0f,\n", dust, age, bmi, pressure
        else
            printf "%d,%d,%d,%.1f,%.0f,%.0f\n", weight * (age < 40 ? 5 : 3) / 2,
                dust, age, bmi, pressure, 60 + 0.3 * age + 0.7 * bmi + 4 * town + 15 * noise()
    }
}' >"$folder/survey.csv"
survey() {
    regsweep run -q "$folder/survey.csv" -y pressure -x dust,age,bmi,fasting_glucose \
        --columns y,x,n,df,beta,se,p --digits 4 "$@"
}
survey -w w_exam --weights-for 'fasting_*=w_fasting'
survey -w w_exam --weights-for 'fasting_*=w_fasting' --survey --strata region --psu town
