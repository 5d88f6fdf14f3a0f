#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Six feeds were given to chicks. Does the feed matter? x is text, so it enters
# as categories, and the row of the pair is F of all six at once: five
# coefficients (df1), F = 15.4. This is R's anova(lm(weight_g ~ feed)).
#
# How much does each feed add? --rows terms has a row a coefficient: the
# difference of its level and the reference, soybean by --ref. Chicks on
# horsebean weigh 86 g less than those on soybean (mean_level: 160.2 and 246.4).
#
# Which feeds differ? --contrasts tukey adds all fifteen differences, with p
# adjusted for their number, as TukeyHSD(). Eight of them are below 0.05 here:
# casein and sunflower cannot be told apart, nor can linseed and soybean.
cd "$(dirname "$0")" || exit 1
regsweep run chicks.csv -y weight_g -x feed --digits 4
regsweep run -q chicks.csv -y weight_g -x feed --ref feed=soybean \
    --rows terms --reference-rows --contrasts tukey \
    --columns term,n_level,mean_level,beta,se,stat,p --digits 4
